#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# A shell's trap, and a program with a handler of its own below a shell without one; each takes a second.
write_task <<'TASK'
run: |
  if ((SKYPILOT_NODE_RANK < 2)); then
    trap 'sleep 1; echo "clean $SKYPILOT_NODE_RANK"; exit 0' TERM
    echo ready
    sleep 1000
  else
    perl -e '$SIG{TERM} = sub { sleep 1; print "clean $ENV{SKYPILOT_NODE_RANK}\n"; exit };
             $| = 1; print "ready\n"; sleep 1000'
  fi
  echo "went on"
TASK
start_job_on_terminal --tree-arity 2 "$TASK"
await_ranks 4
press Ctrl-C
expect_end 103 20
for rank in 0 1 2 3; do
  said_times 1 "clean $rank" || fail "rank $rank did not clean up"
done
said_times 0 'went on' || fail 'a shell went on with its next command'
expect_text 'Job finished (status: CANCELLED).' "$STDOUT"
expect_text 'stopping: every rank has 30 s to end; interrupt again to kill them now' "$STDOUT"
assert_nothing_left
