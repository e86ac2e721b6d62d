#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# sanitized
. "$(dirname "$0")/lib.sh"

# What the shell has started still works when it ends: filters, and workers that it does not wait for.
write_task <<'TASK'
num_nodes: 2
setup: |
  exec > >(while read -r line; do echo "filtered $line"; done) 2>&1
  seq 1 300
run: |
  for i in 0 1; do
    (until [ -e ~/go ]; do sleep 0.02; done; echo "worker $i" >~/file-$i; echo "worker $i works") &
  done
  (echo kept; until [ -e ~/file-1 ]; do sleep 0.02; done; echo "kept too") | tee ~/copy &
  seq 1 300 > >(while read -r line; do echo "line $line"; done)
  echo shell ends
TASK
on_hosts "$TASK" >"$STDOUT" 2>"$STDERR" &
job=$!
for rank in 0 1; do
  eventually 20 grep -q "rank=$rank.* shell ends$" "$STDOUT" || fail "rank $rank did not run"
done
on_each 'touch go'
wait $job || fail "ended with $?"
for rank in 0 1; do
  lines_of $rank >"$SCRATCH/rank"
  expect_equal "$(grep -c '^line ' "$SCRATCH/rank")" 300 "filtered lines of rank $rank"
  for line in 'worker 0 works' 'worker 1 works' kept 'kept too'; do expect_line "$line" "$SCRATCH/rank"; done
done
expect_equal "$(grep -c '^(setup .* filtered ' "$STDOUT")" 600 'filtered lines of setup'
expect_equal "$(on_each 'cat file-0 file-1 copy')" "worker 0
worker 1
kept
kept too
worker 0
worker 1
kept
kept too" 'what is in the files'
assert_nothing_left

# A shell that failed has its filters say why before everything is stopped.
# shellcheck disable=SC2016 # for the shell there
expect_status 100 on_hosts --num-nodes 2 -- \
  'exec > >(while read -r line; do sleep 0.05; echo "filtered $line"; done) 2>&1; seq 1 5; exit 3'
expect_line 'filtered 5' <(lines_of "$(sed -n 's/^  \([01]\) .*first to fail$/\1/p' "$STDOUT")")
assert_nothing_left

# What holds the output for good is named, and waited for as long as the job says; a daemon, which holds none, is not.
expect_status 0 on_hosts --linger 4 -- 'setsid sleep 1001 >/dev/null 2>&1 & sleep 1002 & echo said'
expect_line 'said' <(sed 's/^([^)]*) //' "$STDOUT")
expect_text 'h0: the shell of run has ended, but its output is held open by sleep: waiting for that, 4 s at most (--linger)' "$STDERR"
expect_text 'h0: sleep still holds the output of run open, 4 s after its shell ended: not waiting any longer (--linger)' "$STDERR"
assert_nothing_left
expect_status 0 on_hosts -- 'setsid sleep 1001 >/dev/null 2>&1 & echo said'
assert_nothing_left
