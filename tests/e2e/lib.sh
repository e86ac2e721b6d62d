# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What every end-to-end test stands on. A test starts with
#
#     #!/usr/bin/env bash
#     # SPDX-License-Identifier: Apache-2.0
#     # hosts: 4
#     # world: --user alice
#     . "$(dirname "$0")/lib.sh"
#
# and from there runs on the client of a world of h0 to h3 (tests/testbed). Its name is the promise it
# shows, in words joined by "-". The line "# world:" has further options; without "# hosts:" the test
# runs where it is, with a home of its own. "# sanitized" has it run with the sanitizers' build too, "# seconds: 300"
# gives it longer than the usual two minutes. The variables it may use:
#
#     $HOSTFILE   names every host, one a line
#     $TASK       where write_task puts the task
#     $SHARED     SkyPilot's own examples, on machines that have them
#     $STDOUT, $STDERR, $STATUS   what expect_status saw of the last command
set -euEo pipefail

CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
WORLD=$CHECKOUT/tests/testbed/world
export SKYRUN_BUILD=${SKYRUN_BUILD:-$CHECKOUT/build}
SENTENCE=$(basename "$0" .sh | tr - ' ')

hosts=$(sed -n 's/^# hosts: //p' "$0")
if [[ -n $hosts && -z ${TESTBED_HOSTS:-} ]]; then
  read -ra options <<<"$(sed -n 's/^# world: //p' "$0")"
  [[ -d $SKYRUN_BUILD ]] && options+=(--visible "$SKYRUN_BUILD")
  exec "$WORLD" --hosts "$hosts" ${options[@]+"${options[@]}"} -- bash "$(realpath "$0")" "$@"
fi

SCRATCH=$(mktemp -d)
HOSTFILE=$SCRATCH/hosts TASK=$SCRATCH/task.yaml STDOUT=$SCRATCH/stdout STDERR=$SCRATCH/stderr STATUS=
export HOSTFILE TASK
export SHARED=$CHECKOUT/../shared/cases/tasks
# What the machine that runs the tests sets of these is no business of theirs.
unset CI NO_COLOR LC_ALL LC_CTYPE
PATH=$SKYRUN_BUILD/bin:$PATH
# What the sanitizers find in a program of that build, wherever it runs on this machine, fails the test.
export ASAN_OPTIONS=log_path=$SCRATCH/sanitizer UBSAN_OPTIONS=log_path=$SCRATCH/sanitizer:print_stacktrace=1
if [[ -z ${TESTBED_HOSTS:-} ]]; then
  export HOME=$SCRATCH/home
  mkdir "$HOME"
fi
for ((i = 0; i < ${TESTBED_HOSTS:-0}; ++i)); do echo "h$i"; done >"$HOSTFILE"
touch "$STDOUT" "$STDERR"

# show FILE: what the person who reads a failure needs of it.
show() {
  [[ -s $1 ]] || return 0
  echo "--- $(basename "$1")"
  tail -n 50 "$1"
}

end() {
  local status=$?
  if compgen -G "$SCRATCH/sanitizer*" >/dev/null; then
    head -n 40 "$SCRATCH"/sanitizer* >"$SCRATCH/why"
    status=1
  fi
  if ((status == 0)); then
    echo "ok - $SENTENCE"
  else
    echo "not ok - $SENTENCE"
    {
      cat "$SCRATCH/why" 2>/dev/null || echo "${failed_at:-it} ended with $status"
      show "$STDOUT"
      show "$STDERR"
    } >&2
  fi
  rm -rf "$SCRATCH"
  exit "$status"
}
trap end EXIT
trap 'failed_at="$(basename "${BASH_SOURCE[0]}"):$LINENO"' ERR

# fail WHY: ends the test.
fail() {
  echo "$*" >"$SCRATCH/why"
  exit 1
}

# expect_status CODE COMMAND...: runs it, keeping its output in $STDOUT and $STDERR, and its code in $STATUS.
expect_status() {
  local wanted=$1
  shift
  STATUS=0
  "$@" >"$STDOUT" 2>"$STDERR" || STATUS=$?
  ((STATUS == wanted)) || fail "exit code $STATUS, not $wanted: $*"
}

# expect_line TEXT FILE: one line of FILE is exactly TEXT.
expect_line() {
  grep -qFxe "$1" "$2" || fail "no line '$1' in $(basename "$2"): $(tail -n 5 "$2")"
}

# expect_text TEXT FILE: TEXT is somewhere in FILE.
expect_text() {
  grep -qFe "$1" "$2" || fail "no '$1' in $(basename "$2"): $(tail -n 5 "$2")"
}

# expect_no_text TEXT FILE: TEXT is nowhere in FILE.
expect_no_text() {
  ! grep -qFe "$1" "$2" || fail "'$1' in $(basename "$2"): $(grep -Fe "$1" "$2" | head -n 5)"
}

# expect_equal HAVE WANTED WHAT
expect_equal() {
  [[ $1 == "$2" ]] || fail "$3 is '$1', not '$2'"
}

# in_background COMMAND...: starts it as a person's shell does. Where no jobs are controlled, what is started in the
# background would ignore Ctrl-C, and skyrun keeps to that. Its process is $!.
in_background() {
  set -m
  "$@" &
  set +m
}

# eventually SECONDS COMMAND...: tries until it succeeds. Gives its last code.
eventually() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# write_task < TEXT: makes it the task file $TASK.
write_task() {
  cat >"$TASK"
}

# on_hosts ARGUMENT...: skyrun on the hosts of $HOSTFILE.
on_hosts() {
  skyrun --hostfile "$HOSTFILE" "$@"
}

# on_each COMMAND: has a shell run it in the home of every host, and prints what they print, in order.
on_each() {
  local host
  for host in $(<"$HOSTFILE"); do
    ssh -n "$host" "$1" || return
  done
}

# lines_of RANK [FILE]: what that rank printed in run, without its prefix.
lines_of() {
  sed -nE "s/^\([a-z0-9]+, rank=$1, pid=[0-9]+(, ip=[^)]*)?\) //p" "${2:-$STDOUT}"
}

# without_pids [FILE]: its lines with N in place of each process id.
without_pids() {
  sed -E 's/pid=[0-9]+/pid=N/' "${1:-$STDOUT}"
}

# list_left: a line for each process on the hosts that are on, and of ours on the client.
list_left() {
  local host list
  for host in client $(<"$HOSTFILE"); do
    list=$(testbed processes "$host" 2>"$SCRATCH/off") || grep -q 'is off$' "$SCRATCH/off" || return
    [[ -z $list ]] || echo "$host: ${list//$'\n'/$'\n'$host: }"
  done
}

nothing_left() {
  list_left >"$SCRATCH/left"
  [[ ! -s $SCRATCH/left ]]
}

# assert_nothing_left [SECONDS]: by then (2) no process is left anywhere but this test, init and sshd.
assert_nothing_left() {
  eventually "${1:-2}" nothing_left || fail "still there after ${1:-2} s: $(<"$SCRATCH/left")"
}
