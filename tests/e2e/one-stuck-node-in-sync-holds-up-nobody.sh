#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# More than any window, and it does not compress. In the tree of arity 2, h1 has h3 below it.
mkdir "$SCRATCH/work"
head -c 64M /dev/urandom >"$SCRATCH/work/bytes"
write_task <<TASK
workdir: $SCRATCH/work
run: echo ran
TASK

# start_stuck_job WHAT ARGUMENT...: what of h3 unpacks files, or receives them, stops in the middle of it.
start_stuck_job() {
  local what=$1
  shift
  rm -f "$SCRATCH/stuck"
  {
    until pid_on h3 sink; do :; done >/dev/null
    kill_on h3 "$what" STOP
    touch "$SCRATCH/stuck"
  } &
  start_job --tree-arity 2 --grace 2 "$@" "$TASK"
  eventually 30 test -e "$SCRATCH/stuck" || fail 'nobody unpacked files'
}

start_stuck_job sink --sync-timeout 3
expect_end 100 30
expect_one_error 'skyrun: error: h3: sync has made no progress for 3 s: see to the disk of its home, or give it more'
assert_nothing_left 10

start_stuck_job sink
kill -INT "$JOB"
expect_end 103 10
assert_nothing_left 10

start_stuck_job sink
kill_job KILL
assert_nothing_left 20

start_stuck_job shepherd
expect_end 100 40
expect_one_error 'skyrun: error: h3: node lost: its shepherd: silent for 15.0 s'
expect_no_text 'ran' "$STDOUT"
assert_nothing_left 10
