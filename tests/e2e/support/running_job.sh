# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A job in the background, for tests of what happens to it. Sourced after lib.sh.

# start_job ARGUMENT...: runs skyrun on all hosts; its process is $JOB.
start_job() {
  : >"$STDOUT" # or what an earlier job said there might be taken for this one's
  in_background skyrun --hostfile "$HOSTFILE" --num-nodes "$TESTBED_HOSTS" "$@" >"$STDOUT" 2>"$STDERR"
  JOB=$!
}

# said_times N TEXT: that many lines of $STDOUT end with TEXT.
said_times() { (($(tr -d '\r' <"$STDOUT" | grep -c " $2\$") == $1)); }

# await_ranks N [WORD]: until so many ranks have said "ready".
await_ranks() {
  eventually 30 said_times "$1" "${2:-ready}" || fail "not $1 ranks said ${2:-ready}"
}

job_is_gone() { ! kill -0 "$JOB" 2>/dev/null; }

# expect_end CODE [SECONDS]: the job ends by then (10) with that code.
expect_end() {
  STATUS=0
  eventually "${2:-10}" job_is_gone || fail "skyrun did not end within ${2:-10} s"
  wait "$JOB" || STATUS=$?
  ((STATUS == $1)) || fail "exit code $STATUS, not $1"
}

# expect_one_error TEXT: standard error has one line of error, and TEXT is in it.
expect_one_error() {
  expect_equal "$(grep -c '^skyrun: error: ' "$STDERR")" 1 'number of errors'
  grep '^skyrun: error: ' "$STDERR" | grep -qFe "$1" || fail "no '$1' in $(grep '^skyrun: error: ' "$STDERR")"
}

# write_stubborn_task: each rank starts, in every way there is to hide, processes that ignore SIGTERM and
# SIGHUP; then it says "ready" and waits.
write_stubborn_task() {
  write_task <<'TASK'
run: |
  trap "" TERM HUP
  sleep 1001 &
  setsid sleep 1002 &
  (setsid bash -c 'sleep 1003 & sleep 1004' &)
  nohup sleep 1005 >nohup.out &
  bash -c '(sleep 1006 >&- 2>&- <&- &); sleep 1007' &
  until (($(pgrep -cx sleep) == 7)); do :; done
  echo ready
  sleep 1000
TASK
}

# pid_on HOST WHAT: the process there that is the "daemon", the "shepherd", its "warden", the "sink" of files or
# the "rank".
pid_on() {
  case $2 in
    daemon) testbed exec "$1" pgrep -f '^[^ ]*skyrund$' ;;
    shepherd) testbed exec "$1" pgrep -f '^skyrund --shepherd$' ;;
    warden) testbed exec "$1" pgrep -f '^skyrund --warden' ;;
    sink) testbed exec "$1" pgrep -f '^skyrund --file-sink ' ;;
    rank) testbed exec "$1" pgrep -f '^/bin/bash --rcfile .* -i /proc/' ;;
  esac
}

# kill_on HOST WHAT [SIGNAL]
kill_on() {
  testbed exec "$1" kill "-${3:-KILL}" "$(pid_on "$1" "$2")"
}

# start_job_on_terminal ARGUMENT...: as start_job, with a person in front of it.
start_job_on_terminal() {
  : >"$STDOUT"
  mkfifo "$SCRATCH/keys"
  "$(dirname "$0")/support/terminal.py" skyrun --hostfile "$HOSTFILE" --num-nodes "$TESTBED_HOSTS" "$@" \
    <"$SCRATCH/keys" >"$STDOUT" 2>"$STDERR" &
  JOB=$!
  exec {KEYS}>"$SCRATCH/keys"
}

# press KEY: types it on the job's terminal.
press() {
  local -A key=([Ctrl-C]='\x03' [Ctrl-Z]='\x1a')
  printf '%b' "${key[$1]}" >&"$KEYS"
}

close_terminal() {
  exec {KEYS}>&-
}

# kill_job SIGNAL
kill_job() {
  kill "-$1" "$JOB"
  wait "$JOB" 2>/dev/null || true
}
