#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# Rank 0 stops its own shell, which has a trap; rank 1 a program below its shell, which has none.
write_task <<'TASK'
run: |
  if ((SKYPILOT_NODE_RANK == 0)); then
    trap 'echo clean 0; exit 0' TERM
    echo ready
    kill -STOP $$
  else
    perl -e '$SIG{TERM} = sub { print "clean 1\n"; exit }; $| = 1; print "ready\n"; kill STOP => $$; sleep 1000'
  fi
  sleep 1000
TASK
start_job "$TASK"
await_ranks 2
are_stopped() {
  [[ $(testbed exec h0 ps -o stat= -p "$(pid_on h0 rank)") == T* ]] &&
    [[ $(testbed exec h1 ps -o stat= -C perl) == T* ]]
}
eventually 10 are_stopped || fail 'the ranks did not stop'
kill -INT "$JOB"
expect_end 103 20 # the grace is 30 s
for rank in 0 1; do
  said_times 1 "clean $rank" || fail "rank $rank did not clean up"
done
assert_nothing_left
