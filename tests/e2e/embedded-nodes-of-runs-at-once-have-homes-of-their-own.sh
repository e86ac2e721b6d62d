#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# shellcheck disable=SC2016 # for the job
run='echo $HOME; touch mine; until [ -e '$SCRATCH'/go ]; do sleep 0.05; done'
skyrun --local 2 --num-nodes 2 -- "$run" >"$SCRATCH/first" 2>&1 &
first=$!
eventually 20 grep -q 'rank=1.*local/node1' "$SCRATCH/first" || fail "no first run"
# shellcheck disable=SC2016 # for the shell of the task
expect_status 0 skyrun --local 2 --num-nodes 2 -- 'echo $HOME $(ls -A sky_workdir)'
expect_line "$HOME/.skyrun/local/2/node0" <(lines_of 0)
expect_line "$HOME/.skyrun/local/2/node1" <(lines_of 1)
expect_text 'skyrun: notice: another run has the homes of node0 and the next: those of this one are below ~/.skyrun/local/2' "$STDERR"
expect_no_text 'workdir is' "$STDERR"
touch "$SCRATCH/go"
wait "$first" || fail "the first ended with $?"
# shellcheck disable=SC2016
expect_status 0 skyrun --local 1 -- 'ls ~/sky_workdir; echo $HOME'
expect_text mine "$STDOUT"
expect_text "$HOME/.skyrun/local/node0" "$STDOUT"
expect_no_text 'another run' "$STDERR"

# The homes of a run that was killed are free when its nodes have gone; until then they keep their workdir.
rm "$SCRATCH/go"
skyrun --local 1 -- "$run" >"$SCRATCH/first" 2>&1 &
first=$!
eventually 20 grep -q 'local/node0' "$SCRATCH/first" || fail "no first run"
kill -KILL "$first"
# shellcheck disable=SC2016
expect_status 0 skyrun --local 1 -- 'echo $HOME'
expect_text "$HOME/.skyrun/local/node0" "$STDOUT"
