#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# Rank 1 leaves daemons of several kinds and ends; rank 0 needs one of them, as with a Ray head. One is left that
# writes on: it is waited for.
write_task <<'TASK'
num_nodes: 2
envs: {PORT: 29611}
run: |
  if [ $SKYPILOT_NODE_RANK = 1 ]; then
    setsid python3 -c 'import socket, os
  with socket.create_server(("", int(os.environ["PORT"]))) as server:
      while True: server.accept()[0].sendall(b"alive\n")' </dev/null >/dev/null 2>&1 &
    (until [ -e ~/speak ]; do sleep 0.02; done; echo late words) &
    sleep 1001 >~/sleep.out 2>&1 &
    (setsid sh -c 'sleep 1002 & sleep 1003' >/dev/null 2>&1 &)
    nohup sleep 1004 >~/nohup.out 2>&1 &
    disown -a
    echo rank 1 ends
    exit 0
  fi
  until [ -e ~/go ]; do sleep 0.02; done
  exec 3<>/dev/tcp/$(echo "$SKYPILOT_NODE_IPS" | tail -n 1)/$PORT
  head -n 1 <&3
TASK
on_hosts "$TASK" >"$STDOUT" 2>"$STDERR" &
job=$!
is_rank_1_over() {
  local pid
  pid=$(sed -n 's/^(worker1, rank=1, pid=\([0-9]*\),.* rank 1 ends$/\1/p' "$STDOUT")
  [[ -n $pid ]] && testbed processes h1 >"$SCRATCH/processes" && ! grep -q "^$pid " "$SCRATCH/processes"
}
eventually 10 is_rank_1_over || fail 'rank 1 did not end'
ssh -n h1 touch speak
eventually 5 grep -q '^(worker1, rank=1, .* late words$' "$STDOUT" || fail 'what is said after the end is lost'
testbed processes h1 >"$SCRATCH/processes"
for seconds in 1001 1002 1003 1004; do
  expect_text "sleep $seconds" "$SCRATCH/processes"
done
ssh -n h0 touch go
wait $job || fail "ended with $?"
expect_line alive <(lines_of 0)
expect_line '✓ Job finished (status: SUCCEEDED).' "$STDOUT"
expect_equal "$(testbed processes h1)" '' 'what is left when skyrun has ended'
assert_nothing_left
