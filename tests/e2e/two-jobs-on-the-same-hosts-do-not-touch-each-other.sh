#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# The first job goes on while others around it end in every way.
write_task <<'TASK'
num_nodes: 3
setup: touch ~/sky_workdir/made-by-first
run: |
  echo ready
  until [ -e ~/go ]; do sleep 0.05; done
  echo still here
TASK
start_job "$TASK"
await_ranks 3
first=$JOB first_output=$STDOUT

STDOUT=$SCRATCH/second
write_stubborn_task
start_job --grace 1 "$TASK"
await_ranks 3
kill -INT "$JOB"
expect_end 103
start_job --grace 1 "$TASK"
await_ranks 3
kill_job KILL
expect_status 100 on_hosts --num-nodes 3 -- 'exit 1'
expect_status 0 on_hosts --num-nodes 3 -- 'ls ~/sky_workdir'
expect_line made-by-first <(lines_of 1)
expect_text 'Job submitted, ID: 5' "$STDOUT"

STDOUT=$first_output JOB=$first
on_each 'touch go'
expect_end 0
for rank in 0 1 2; do expect_line 'still here' <(lines_of $rank); done
assert_nothing_left 10
# Each has logs of its own.
expect_equal "$(ssh -n h1 'ls -d sky_logs/sky-*' | wc -l)" 5 'log directories on h1'
expect_line 'still here' <(ssh -n h1 'cat sky_logs/1--/tasks/1-worker1.log')
