#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 2
setup: |
  until [ -e "$GO" ] || [ $SKYPILOT_SETUP_NODE_RANK = 0 ]; do sleep 0.02; done
run: |
  echo says $SKYPILOT_NODE_RANK
  [ $SKYPILOT_NODE_RANK = 0 ] && touch "$GO.said"
  until [ -e "$GO.said" ]; do sleep 0.02; done
  [ $SKYPILOT_NODE_RANK = 1 ] && exit 5
  sleep 1000
TASK
go=$SCRATCH/go

# On a pipe there are plain lines. Some programs colour on TERM alone.
touch "$go"
expect_status 100 env TERM=xterm skyrun --local 2 --env GO="$go" "$TASK"
expect_no_text $'\x1b' "$STDOUT"
expect_no_text $'\r' "$STDOUT"
rm "$go" "$go.said"

# terminal VARIABLE=VALUE...: runs it on a terminal of 80 columns; worker1 is set up when the status
# line says that it is late.
terminal() {
  env TERM=xterm "$@" python3 - "$go" skyrun --local 2 --env GO="$go" "$TASK" <<'PYTHON'
import os, pty, sys, time, fcntl, struct, termios

go, command = sys.argv[1], sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = b""
while True:
    try:
        block = os.read(terminal, 65536)
    except OSError:
        break
    seen += block
    if b"setup 1/2, waiting for node1" in seen and not os.path.exists(go):
        open(go, "w").close()
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PYTHON
}
expect_status 100 terminal
expect_text 'setup 1/2, waiting for node1' "$STDOUT"
expect_text $'\r\x1b[K' "$STDOUT" # the status line is taken away again
grep -qE $'\x1b\\[36m\\(head, rank=0, pid=[0-9]+\\)\x1b\\[0m says 0' "$STDOUT" || fail 'the prefix is not cyan'
expect_text $'ERROR: \x1b[31mJob 2 failed with return code list:\x1b[0m [137, 5]' "$STDOUT"
tail -n 2 "$STDOUT" | head -n 1 | grep -q '✗ Job finished (status: FAILED).' || fail 'its last line but one is another'
logs=(~/sky_logs/sky-*/run.log)
expect_no_text $'\x1b' "${logs[-1]}"

rm "$go" "$go.said"
expect_status 100 terminal NO_COLOR=1
expect_text 'setup 1/2, waiting for node1' "$STDOUT"
expect_no_text $'\x1b[36m' "$STDOUT"
expect_no_text $'\x1b[31m' "$STDOUT"

# Where no person looks, or only ASCII can be shown, a terminal gets plain text too.
for plain in CI=true TERM=dumb; do
  touch "$go"
  expect_status 100 terminal "$plain"
  expect_no_text $'\x1b' "$STDOUT"
  rm "$go.said"
done
expect_status 100 env LC_ALL=C skyrun --local 2 --env GO="$go" "$TASK"
expect_line '`-- Job started. Streaming logs... (Ctrl-C to stop the job)' <(tr -d '\r' <"$STDOUT")
expect_no_text '✗' "$STDOUT"
expect_line 'x Job finished (status: FAILED).' "$STDOUT"
