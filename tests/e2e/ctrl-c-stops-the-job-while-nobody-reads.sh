#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 2
run: |
  trap 'touch "$DIR/stopped.$SKYPILOT_NODE_RANK"; exit 0' TERM
  touch "$DIR/began.$SKYPILOT_NODE_RANK"
  { seq 1000000; touch "$DIR/written"; } &
  while true; do wait; sleep 0.1; done
TASK

for kind in pipe pager terminal; do
  export DIR=$SCRATCH/$kind
  mkdir "$DIR"
  in_background python3 "$(dirname "$0")/support/asleep.py" "$kind" "$DIR/wake" "$DIR/out" \
    skyrun --local 2 --env DIR "$TASK" 2>"$STDERR"
  job=$!
  for rank in 0 1; do
    eventually 30 test -e "$DIR/began.$rank" || fail "$kind: rank $rank did not begin"
  done
  sleep 2 # in which whoever reads would have read it all
  [[ ! -e $DIR/written ]] || fail "$kind: it was read"
  kill -INT "$(<"$DIR/out.pid")"
  for rank in 0 1; do
    eventually 5 test -e "$DIR/stopped.$rank" || fail "$kind: rank $rank was not stopped"
  done
  expect_text 'stopping: every rank has' "$STDERR"
  touch "$DIR/wake"
  STATUS=0
  wait $job || STATUS=$?
  expect_equal "$STATUS" 103 "$kind: the exit code"
  expect_no_text 'node lost' "$STDERR"
done
