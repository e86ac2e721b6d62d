#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_stubborn_task
start_job --grace 2 "$TASK"
await_ranks 3
kill_on h1 rank
expect_end 100
expect_text 'ERROR: Job 1 failed with return code list: [137, 137, 137]' "$STDOUT"
grep -qE '^ +1 +h1 +signal 9 \(Killed\), the first to fail$' "$STDOUT" || fail 'no row for rank 1'
assert_nothing_left

start_job --grace 2 --propagate-exit-code "$TASK"
await_ranks 3
kill_on h2 rank
expect_end 137
assert_nothing_left
