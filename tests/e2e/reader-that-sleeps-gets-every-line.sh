#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

# The job ends long before anybody reads; its last lines are still on the nodes then.
write_task <<'TASK'
num_nodes: 4
run: |
  seq 150000
TASK
python3 "$(dirname "$0")/support/asleep.py" pipe "$SCRATCH/wake" "$STDOUT" \
  skyrun --hostfile "$HOSTFILE" "$TASK" 2>"$STDERR" &
job=$!
sleep 20
kill -0 $job || fail 'skyrun did not wait for its reader'
touch "$SCRATCH/wake"
wait $job || STATUS=$?
expect_equal "${STATUS:-0}" 0 'the exit code'
for rank in 0 1 2 3; do
  expect_equal "$(lines_of $rank | md5sum)" "$(seq 150000 | md5sum)" "what came of rank $rank"
done
expect_line '✓ Job finished (status: SUCCEEDED).' "$STDOUT"
assert_nothing_left

# So too of little: the whole job is over when the reader wakes.
write_task <<'TASK'
num_nodes: 4
run: |
  seq 40000
TASK
rm "$SCRATCH/wake"
python3 "$(dirname "$0")/support/asleep.py" pipe "$SCRATCH/wake" "$STDOUT" \
  skyrun --hostfile "$HOSTFILE" "$TASK" 2>"$STDERR" &
job=$!
sleep 5
touch "$SCRATCH/wake"
STATUS=0
wait $job || STATUS=$?
expect_equal "$STATUS" 0 'the exit code'
for rank in 0 1 2 3; do
  expect_equal "$(lines_of $rank | md5sum)" "$(seq 40000 | md5sum)" "what came of rank $rank"
done
expect_no_text 'node lost' "$STDERR"
