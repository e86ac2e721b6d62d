#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# SIGSTOP stands for a process that waits for a disk, is swapped out or in a debugger.
write_stubborn_task
start_job --tree-arity 2 --grace 2 "$TASK"
await_ranks 7
kill_on h3 shepherd STOP
expect_end 100 60
expect_one_error 'skyrun: error: h3: node lost: its shepherd: silent for 15.0 s'
assert_nothing_left 10

start_job --tree-arity 2 --grace 2 "$TASK"
await_ranks 7
kill_on h1 daemon STOP
kill_on h2 warden STOP
testbed exec h5 kill -STOP "$(pid_on h5 daemon)" "$(pid_on h5 shepherd)"
kill_on h6 shepherd STOP
expect_end 100 60
expect_text 'skyrun: error: h1: node lost: silent for 5.0 s' "$STDERR"
expect_text 'skyrun: error: h5: node lost: silent for 5.0 s' "$STDERR"
assert_nothing_left 60
