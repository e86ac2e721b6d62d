#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 5
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# A program, and a trap of the shell; not what knows nothing of them: sleep, cat, the shell that waits.
write_task <<'TASK'
run: |
  sleep 1000 &
  if ((SKYPILOT_NODE_RANK < 3)); then
    perl -e '$| = 1; my $n = 0;
      for my $name ("USR1", "USR2") { $SIG{$name} = sub { print "got $name\n"; $n++ } }
      print "ready\n"; sleep 1000 while $n < 2' | cat
  else
    for name in USR1 USR2; do trap "echo got $name; ((++n))" $name; done
    echo ready
    until ((n == 2)); do sleep 0.1; done
  fi
  kill %1 && echo "all there"
TASK
for how in 'auto --tree-arity 2' flat; do
  # shellcheck disable=SC2086 # two words
  start_job --launch $how "$TASK"
  await_ranks 5
  kill -USR1 "$JOB"
  await_ranks 5 'got USR1'
  kill -USR2 "$JOB"
  expect_end 0
  said_times 5 'got USR2' || fail 'SIGUSR2 did not reach every rank'
  said_times 5 'all there' || fail 'not everything outlived the signals'
  assert_nothing_left
done
