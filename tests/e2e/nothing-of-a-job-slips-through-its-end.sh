#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# A chain of processes that each start the next and end, faster than /proc can be read; one more that is
# deaf to SIGTERM and leaves its session each time; a program whose first thread has ended.
write_task <<'TASK'
run: |
  exec 3>&1 >/dev/null 2>&1
  perl -e 'for (;;) { exit if fork; select undef, undef, undef, 0.0002 }' 3>&- &
  perl -e 'use POSIX; $SIG{TERM} = "IGNORE"; for (;;) { exit if fork; setsid; select undef, undef, undef, 0.0002 }' 3>&- &
  python3 -c '
  import ctypes, platform, signal, threading, time
  signal.signal(signal.SIGTERM, signal.SIG_IGN)
  threading.Thread(target=time.sleep, args=(1000,)).start()
  ctypes.CDLL(None).syscall(60 if platform.machine() == "x86_64" else 93, 0)' 3>&- &
  python=$!
  until grep -q "^State:.Z" /proc/$python/status; do :; done
  echo ready >&3
TASK
expect_status 0 timeout 60 skyrun --hostfile "$HOSTFILE" --num-nodes 2 --grace 1 "$TASK"
assert_nothing_left 5

# A process that fills the output faster than it is read, when its shell has failed.
write_task <<'TASK'
run: |
  yes 'a line that is written for ever' &
  exit 3
TASK
expect_status 100 timeout 60 skyrun --hostfile "$HOSTFILE" --num-nodes 2 --grace 1 "$TASK"
assert_nothing_left 5
