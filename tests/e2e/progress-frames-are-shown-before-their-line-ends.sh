#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 1
. "$(dirname "$0")/lib.sh"

# Each frame waits until the one before was seen at the client.
write_task <<'TASK'
name: progress
run: |
  for i in 0 1 2 3 4; do
    printf '\rframe-%s' $i
    until [ -e ~/seen-$i ]; do sleep 0.02; done
  done
  printf '\ndone\n'
TASK
on_hosts "$TASK" >"$STDOUT" &
job=$!
for i in 0 1 2 3 4; do
  eventually 5 grep -q "frame-$i" "$STDOUT" || fail "frame $i was not shown"
  ssh -n h0 touch "seen-$i"
done
wait $job || fail "ended with $?"
tr '\r' '\n' <"$STDOUT" >"$SCRATCH/frames"
for i in 0 1 2 3 4; do
  expect_line "(progress, pid=N) frame-$i" <(without_pids "$SCRATCH/frames")
done
expect_line '(progress, pid=N) done' <(without_pids)
