#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_stubborn_task
start_job_on_terminal "$TASK"
await_ranks 3
press Ctrl-C
eventually 5 grep -q 'interrupt again' "$STDOUT" || fail 'no word on the first Ctrl-C'
kill -0 "$JOB" || fail 'the first Ctrl-C ended what ignores it'
press Ctrl-C
expect_end 103 5
expect_text 'killing every rank' "$STDOUT"
assert_nothing_left
