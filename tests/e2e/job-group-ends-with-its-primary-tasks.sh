#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# group HEADER...: a group of these header lines whose server runs for ever; the trainer says when it may end.
group() {
  { printf 'name: grp\nexecution: parallel\n'; printf '%s\n' "$@"; } | cat - /dev/fd/3 3<<'TASK' | write_task
---
name: trainer
run: until [ -e ~/../node1/serves ]; do sleep 0.01; done; echo trained; exit ${CODE:-0}
---
name: server
run: |
  trap 'echo told to stop; date +%s%N >~/stopped; exit 0' TERM
  date +%s%N >~/serves
  while :; do sleep 0.01; done
TASK
}
home=$HOME/.skyrun/local/node1

group 'primary_tasks: [trainer]'
expect_status 0 skyrun "$TASK"
expect_line '✓ Task trainer finished (status: SUCCEEDED).' "$STDOUT"
expect_line '■ Task server finished (status: CANCELLED).' "$STDOUT"
expect_line '✓ Job group grp finished (status: SUCCEEDED).' "$STDOUT"
expect_no_text '✗' "$STDOUT"
expect_line '(server, pid=N) told to stop' <(without_pids)

# It gets its time; and the primary task's failure is the group's.
rm "$home/serves" "$home/stopped"
group 'primary_tasks: [trainer]' 'termination_delay: {server: 1s, default: 100s}'
expect_status 7 skyrun --env CODE=7 --propagate-exit-code "$TASK"
waited=$((($(<"$home/stopped") - $(<"$home/serves")) / 1000000))
((waited >= 950)) || fail "stopped after $waited ms"
expect_line '✗ Task trainer finished (status: FAILED).' "$STDOUT"
expect_line '■ Task server finished (status: CANCELLED).' "$STDOUT"
expect_line '✗ Job group grp finished (status: FAILED).' "$STDOUT"

# Without primary tasks every one runs to its end, also when another fails.
write_task <<'TASK'
name: grp
execution: parallel
---
name: bad
run: touch ~/../node1/failed; exit 9
---
name: good
run: until [ -e ~/failed ]; do sleep 0.01; done; sleep 0.3; echo goes on
TASK
expect_status 100 skyrun "$TASK"
expect_line '✗ Task bad finished (status: FAILED).' "$STDOUT"
expect_line '(good, pid=N) goes on' <(without_pids)
expect_line '✓ Task good finished (status: SUCCEEDED).' "$STDOUT"

# Who cannot have its nodes leaves nobody waiting for it.
write_task <<'TASK'
name: grp
execution: parallel
---
name: big
resources: {cpus: 100000}
run: echo runs
---
name: small
run: echo runs
TASK
expect_status 100 skyrun "$TASK"
expect_text 'skyrun: error: node0: asks for 100000 CPUs' "$STDERR"
expect_line '✗ Task big finished (status: FAILED_DRIVER).' "$STDOUT"
expect_line '✗ Task small finished (status: CANCELLED).' "$STDOUT"
expect_no_text 'runs' "$STDOUT"

# Ctrl-C ends them all.
rm -f "$home/serves"
group
in_background skyrun --env CODE=0 "$TASK" >"$STDOUT" 2>"$STDERR"
eventually 20 test -e "$home/serves"
kill -INT $!
STATUS=0
wait $! || STATUS=$?
expect_equal "$STATUS" 103 'the exit code'
expect_line '✗ Job group grp finished (status: CANCELLED).' "$STDOUT"
expect_line '✗ Task server finished (status: CANCELLED).' "$STDOUT"
