#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 2
setup: 'true'
run: 'true'
TASK
expect_status 0 skyrun --verbose --local 2 "$TASK"
grep -E '^skyrun: [0-9]+\.[0-9][0-9] s: ' "$STDERR" | sed -E 's/^[^:]*: [^:]*: //' >"$SCRATCH/steps"
expect_equal "$(grep -vE '^(nodes up|setup|run) [0-9]' "$SCRATCH/steps")" 'starting 2 nodes, node0 first
the job has its place on every node
setup begins
run begins
the job has ended: SUCCEEDED' 'the steps'
expect_text 'nodes up 2/2' "$SCRATCH/steps"
expect_no_text 's: nodes' "$STDOUT"
