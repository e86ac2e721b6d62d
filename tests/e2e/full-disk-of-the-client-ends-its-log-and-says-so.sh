#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# world: --full-disk 0:4M
. "$(dirname "$0")/lib.sh"

# skyrun runs on h0, whose home holds 4 MB; the job runs on h1.
client() { testbed exec h0 env HOME=/root PATH="$PATH" skyrun --host h1 "$@"; }
expect_status 0 client -- true
ssh -n h0 'head -c 3900000 /dev/zero >filler'
for last in 100000 30000; do
  expect_status 0 client -- "seq $last | sed 's/\$/ and a few words that take their room/'"
  expect_equal "$(grep -c '^(.* and a few words' "$STDOUT")" $last 'lines on the screen'
  expect_equal "$(grep -c '^skyrun: warning: .*/run.log: No space left on device; the job goes on without this log$' "$STDERR")" 1 'warnings'
done

# Room for the job's output and not for the last lines about it: it is said all the same.
for room in 8192 4096; do
  ssh -n h0 "rm -rf sky_logs filler; mkdir sky_logs; cat /dev/zero >filler 2>/dev/null; truncate -s -$room filler"
  expect_status 0 client -- "seq 400 | sed 's/\$/ and a few words/'; head -c 9000 /dev/zero | tr '\0' x"
  expect_text 'skyrun: ' "$STDERR"
  expect_text 'No space left on device' "$STDERR"
done

# Not a byte is free: there is no directory for it.
ssh -n h0 'cat /dev/zero >>filler 2>/dev/null; true'
expect_status 0 client -- 'echo has run'
expect_text 'has run' "$STDOUT"
expect_text 'No space left on device' "$STDERR"
