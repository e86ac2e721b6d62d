#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# Rank 0 writes more than anybody keeps, and rank 1 fails when it waits for its reader.
write_task <<'TASK'
num_nodes: 2
run: |
  if [ $SKYPILOT_NODE_RANK = 1 ]; then
    until [ -e "$DIR/go" ]; do sleep 0.02; done
    exit 3
  fi
  trap 'touch "$DIR/stopped"; exit 0' TERM
  touch "$DIR/began"
  { seq 1000000; touch "$DIR/written"; } &
  while true; do wait; sleep 0.1; done
TASK

for kind in pipe pager terminal; do
  export DIR=$SCRATCH/$kind
  mkdir "$DIR"
  python3 "$(dirname "$0")/support/asleep.py" "$kind" "$DIR/wake" "$DIR/out" \
    env NO_COLOR=1 skyrun --local 2 --env DIR "$TASK" 2>"$STDERR" &
  job=$!
  eventually 30 test -e "$DIR/began" || fail "$kind: rank 0 did not begin"
  sleep 2 # in which whoever reads would have read it all
  [[ ! -e $DIR/written ]] || fail "$kind: it was read"
  touch "$DIR/go"
  eventually 5 test -e "$DIR/stopped" || fail "$kind: rank 0 was not stopped"
  kill -0 $job || fail "$kind: skyrun did not wait for its reader"
  touch "$DIR/wake"
  STATUS=0
  wait $job || STATUS=$?
  expect_equal "$STATUS" 100 "$kind: the exit code"
  tr -d '\r' <"$DIR/out" >"$STDOUT"
  expect_text 'failed with return code 3' "$STDOUT"
  lines=$(lines_of 0 | sed '$d')  # it may have been stopped within its last one
  expect_equal "$(md5sum <<<"$lines")" "$(seq "$(tail -n 1 <<<"$lines")" | md5sum)" "$kind: what came of rank 0"
  expect_no_text 'node lost' "$STDERR"
done
