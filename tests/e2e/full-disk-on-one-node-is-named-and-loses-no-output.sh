#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
# world: --full-disk 1:4M
. "$(dirname "$0")/lib.sh"

# What is sent does not fit on h1.
mkdir "$SCRATCH/files"
head -c 8000000 /dev/urandom >"$SCRATCH/files/big"
write_task <<TASK
num_nodes: 3
workdir: $SCRATCH/files
run: echo has run
TASK
expect_status 100 on_hosts "$TASK"
expect_text 'skyrun: error: h1: /root/sky_workdir/big: No space left on device' "$STDERR"
expect_equal "$(grep -c '^skyrun: error: ' "$STDERR")" 1 'number of errors'
expect_no_text ') has run' "$STDOUT"
assert_nothing_left

# What a rank prints does not fit in its log: the person sees all of it, and hears of the log.
ssh -n h1 'rm -rf sky_workdir/*; head -c 3900000 /dev/zero >filler'
expect_status 0 on_hosts --num-nodes 3 -- "seq 100000 | sed 's/\$/ and a few words that take their room/'"
for rank in 0 1 2; do
  expect_equal "$(lines_of $rank | grep -c ' and a few words')" 100000 "lines of rank $rank"
done
expect_text ') skyrun: notice: the log on this node ends here: ' "$STDOUT"
expect_text 'No space left on device' "$STDOUT"
assert_nothing_left
