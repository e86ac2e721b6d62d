#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# shellcheck disable=SC2016 # for the shell of the task
expect_status 100 skyrun --local 1 -- 'kill -SEGV $$'
expect_line 'ERROR: Job 1 failed with return code list: [139] (likely due to Segmentation Fault)' "$STDOUT"
# shellcheck disable=SC2016
expect_status 139 skyrun --local 1 --propagate-exit-code -- 'kill -SEGV $$'

# A program below the shell: the shell's code is what counts.
expect_status 100 skyrun --local 1 -- 'python3 -c "import os; os.kill(os.getpid(), 11)"'
expect_text 'return code list: [139] (likely due to Segmentation Fault)' "$STDOUT"

# A rank that kills itself late is the cause, one that is stopped for it is not.
# shellcheck disable=SC2016
expect_status 137 skyrun --local 3 --propagate-exit-code -- \
  '[ $SKYPILOT_NODE_RANK = 1 ] && kill -KILL $$; sleep 1000'
expect_line '  1     node1  signal 9 (Killed), the first to fail' "$STDOUT"
expect_text 'return code list: [137, 137, 137] (A Worker failed with return code 137,' "$STDOUT"

# All were killed, as where memory runs out everywhere: each waits for all before it dies.
# shellcheck disable=SC2016
expect_status 100 skyrun --local 2 --env DIR="$SCRATCH" -- 'touch $DIR/$SKYPILOT_NODE_RANK
until [ -e $DIR/0 ] && [ -e $DIR/1 ]; do sleep 0.02; done; kill -KILL $$'
expect_text 'return code list: [137, 137] (' "$STDOUT"
expect_line '✗ Job finished (status: FAILED).' "$STDOUT"

# Real-time signals have no names.
# shellcheck disable=SC2016
expect_status 168 skyrun --local 2 --propagate-exit-code -- '[ $SKYPILOT_NODE_RANK = 0 ] || kill -40 $$; sleep 1000'
expect_line '  1     node1  signal 40 (Real-time signal 6), the first to fail' "$STDOUT"

for code in 1 99 126 255; do
  expect_status $code skyrun --local 1 --propagate-exit-code -- "exit $code"
  expect_text "return code list: [$code]" "$STDOUT"
done
