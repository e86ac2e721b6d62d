#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# A job that was started on h3, whose host vanishes: the nodes are told by nobody.
write_stubborn_task
ssh h3 'cat >task.yaml' <"$TASK"
ssh -n h3 "exec $(command -v skyrun) --host h0,h1,h2 --num-nodes 3 --tree-arity 1 task.yaml" >"$STDOUT" 2>"$STDERR" &
JOB=$!
await_ranks 3
testbed power-off h3
kill_job KILL # it waits for h3
assert_nothing_left 15
