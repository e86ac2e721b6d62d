#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

write_task <<TASK
run: |
  touch $SCRATCH/runs
  until [ -e $SCRATCH/go ]; do sleep 0.05; done
TASK

ignores() { (((0x$(sed -n 's/^SigIgn:\s*//p' "/proc/$job/status") >> ($1 - 1)) & 1)); }

# begin COMMAND...: starts it in the background and waits until its job runs.
begin() {
  rm -f "$SCRATCH/runs" "$SCRATCH/go"
  "$@" >"$STDOUT" 2>"$STDERR" </dev/null &
  job=$!
  eventually 20 test -e "$SCRATCH/runs" || fail 'the job does not run'
}

# let_end CODE: the job ends by itself.
let_end() {
  touch "$SCRATCH/go"
  await_end "$1"
}

# await_end CODE
await_end() {
  STATUS=0
  wait "$job" || STATUS=$?
  expect_equal "$STATUS" "$1" 'exit code'
}

# As nohup, and this shell's own background, leave it.
begin nohup skyrun "$TASK"
for signo in 1 2; do ignores "$signo" || fail "signal $signo is not ignored"; done
kill -HUP "$job"
kill -INT "$job"
let_end 0
expect_line '✓ Job finished (status: SUCCEEDED).' "$STDOUT"
expect_no_text stopping "$STDERR"

trap '' TERM
begin skyrun "$TASK"
trap - TERM
kill -TERM "$job"
let_end 0
expect_no_text stopping "$STDERR"

# The programs of the job are told to end all the same.
begin env --ignore-signal=HUP,INT skyrun --grace 20 "$TASK"
kill -TERM "$job"
await_end 103
expect_text stopping "$STDERR"

# While git fetches, too.
rm -f "$SCRATCH/asked"
GIT_SSH_COMMAND="touch $SCRATCH/asked; until [ -e $SCRATCH/go ]; do sleep 0.05; done; exit 1;" \
  nohup skyrun --git-url ssh://nowhere/repo -- true >"$STDOUT" 2>"$STDERR" </dev/null &
job=$!
rm -f "$SCRATCH/go"
eventually 20 test -e "$SCRATCH/asked"
kill -HUP "$job"
kill -INT "$job"
git_runs() { pgrep -P "$job" -x git >/dev/null; }
git_runs || fail 'git was stopped'
let_end 1

# Who ignores the end of its children, or holds word of it back, does not keep it from us.
# shellcheck disable=SC2016 # for Python
python3 -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
os.execvp(sys.argv[1], sys.argv[1:])' skyrun -- 'exit 3' >"$STDOUT" 2>"$STDERR" || STATUS=$?
expect_equal "$STATUS" 100 'exit code'
