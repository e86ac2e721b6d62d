#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

# Rank 1 is done before, rank 2 fails when the others are at work.
write_task <<'TASK'
num_nodes: 4
run: |
  case $SKYPILOT_NODE_RANK in
    1) exit 0 ;;
    2) until [ -e ~/go ]; do sleep 0.02; done; exit 5 ;;
  esac
  echo works
  trap 'echo is stopped; exit 0' TERM
  sleep 1000 & wait
TASK
on_hosts "$TASK" >"$STDOUT" 2>"$STDERR" &
job=$!
both_work() {
  [[ $(grep -c ') works$' "$STDOUT") == 2 ]]
}
eventually 10 both_work || fail 'two ranks do not work'
ssh -n h2 touch go
wait $job || STATUS=$?
expect_equal "$STATUS" 100 'the exit code'
expect_line 'is stopped' <(lines_of 0)
expect_line 'is stopped' <(lines_of 3)
expect_line 'ERROR: Job 1 failed with return code list: [137, 0, 5, 137] (A Worker failed with return code 5, skyrun cleaned up the processes on other nodes with return code 137)' "$STDOUT"
expect_equal "$(grep -A 4 '^  rank' "$STDOUT")" '  rank  node  ended
  0     h0    stopped by skyrun
  1     h1    exit code 0
  2     h2    exit code 5, the first to fail
  3     h3    stopped by skyrun' 'the table'
assert_nothing_left

expect_status 5 on_hosts --propagate-exit-code "$TASK"
