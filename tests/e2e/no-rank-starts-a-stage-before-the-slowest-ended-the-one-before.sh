#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

# Another host is the slow one in each stage; the hosts of a world share one clock.
# h2 takes its files slowly: the process that writes them is held for a while.
mkdir "$SCRATCH/workdir"
head -c 40M /dev/urandom >"$SCRATCH/workdir/a"
echo last >"$SCRATCH/workdir/z"
(
  until sink=$(testbed exec h2 pgrep -f -- --file-sink); do :; done
  testbed exec h2 kill -STOP "$sink"
  ! ssh -n h2 test -e sky_workdir/z || fail 'h2 had its files too early for this test'
  date +%s%N >"$SCRATCH/continued"
  testbed exec h2 kill -CONT "$sink"
) &
holder=$!
write_task <<'TASK'
num_nodes: 4
setup: |
  echo setup-begins $(date +%s%N)
  [ $SKYPILOT_SETUP_NODE_RANK != 1 ] || sleep 1
  cat z
  echo setup-ends $(date +%s%N)
run: |
  echo run-begins $(date +%s%N)
TASK
expect_status 0 on_hosts --workdir "$SCRATCH/workdir" "$TASK"
wait "$holder"

# times WORD: every time a rank said so, the earliest first.
times() {
  sed -n "s/.*) $1 //p" "$STDOUT" | sort -n
}
expect_equal "$(times setup-begins | wc -l) $(times setup-ends | wc -l) $(times run-begins | wc -l)" '4 4 4' \
  'the number of times'
(($(<"$SCRATCH/continued") < $(times setup-begins | head -n 1))) || fail 'setup began before h2 had its files'
(($(times setup-ends | tail -n 1) < $(times run-begins | head -n 1))) || fail 'run began before setup was over'
