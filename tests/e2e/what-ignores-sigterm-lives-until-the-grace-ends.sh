#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# One that hides; one that ignores SIGTERM, but not SIGHUP, in the foreground; a shell that knows neither. A rank is
# ready when all three have said what they do with a signal.
write_task <<'TASK'
run: |
  setsid perl -e '$SIG{TERM} = sub { $| = 1; print "asked\n" }; mkdir "hides"; sleep 1000 while 1' &
  (setsid bash -c 'trap "" TERM; mkdir traps; sleep 1000; echo bash went on' &)
  perl -e '$SIG{TERM} = "IGNORE"; $SIG{HUP} = "DEFAULT"; $| = 1;
    select(undef, undef, undef, 0.05) until -e "hides" && -e "traps"; print "ready\n"; print "$_\n" while sleep 1' &
  wait
TASK
start_job --grace 4 "$TASK"
await_ranks 3
asked=$(date +%s%N)
kill -TERM "$JOB"
expect_end 103 12
lasted=$((($(date +%s%N) - asked) / 1000000))
said_times 3 asked || fail 'SIGTERM did not reach what hides in a session of its own'
((lasted >= 4000)) || fail "all over after $lasted ms: within the grace time of 4 s"
assert_nothing_left
