#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_stubborn_task
start_job_on_terminal "$TASK"
await_ranks 3
close_terminal
expect_end 129
assert_nothing_left 10
