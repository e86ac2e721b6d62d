#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 1
# sanitized
. "$(dirname "$0")/lib.sh"
cd "$CHECKOUT/examples"

# The ports that examples listen at are this world's own.

expect_status 0 skyrun hello.yaml
expect_line "Hello from node 0 of 2 on $(hostname)" <(lines_of 0)
expect_line "Hello from node 1 of 2 on $(hostname)" <(lines_of 1)
expect_text 'running on 2 embedded nodes of this machine' "$STDERR"

expect_status 0 skyrun --local 2 --skip-resource-check environment.yaml
for rank in 0 1; do
  expect_line 'GREETING=hello world' <(lines_of $rank)
  expect_line 'LEARNING_RATE=1e-6' <(lines_of $rank)
  expect_line 'SKYPILOT_NUM_GPUS_PER_NODE=8' <(lines_of $rank)
  expect_line "SKYPILOT_NODE_RANK=$rank" <(lines_of $rank)
done

expect_status 100 skyrun --local 3 failing-worker.yaml
expect_text 'failed with return code list: [137, 3, 137] (A Worker failed with return code 3,' "$STDOUT"
expect_status 3 skyrun --local 3 --propagate-exit-code failing-worker.yaml

expect_status 0 skyrun --local 2 setup-only.yaml
expect_line '(setup pid=N, rank=0) Node 0 is set up' <(without_pids)
expect_line '(setup pid=N, rank=1, ip=127.0.0.2) Node 1 is set up' <(without_pids)
expect_line '✓ Job finished (status: SUCCEEDED).' "$STDOUT"

expect_status 0 skyrun pipeline.yaml
expect_line '(evaluate, pid=N) 2 parts' <(without_pids)
expect_status 0 skyrun job-group.yaml
expect_line '(trainer, pid=N) the server says hello' <(without_pids)
expect_line '■ Task server finished (status: CANCELLED).' "$STDOUT"

expect_status 0 skyrun --local 5 rendezvous.yaml
expect_line 'rank 4 of 5: the sum of all ranks is 10' <(lines_of 4)
