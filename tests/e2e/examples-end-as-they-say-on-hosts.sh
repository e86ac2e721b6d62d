#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
cd "$CHECKOUT/examples"

expect_status 0 on_hosts hello.yaml
expect_line 'Hello from node 0 of 2 on h0' <(lines_of 0)
expect_line 'Hello from node 1 of 2 on h1' <(lines_of 1)

expect_status 0 on_hosts --skip-resource-check environment.yaml
expect_line 'SKYPILOT_NODE_RANK=1' <(lines_of 1)

expect_status 100 on_hosts failing-worker.yaml
expect_text 'failed with return code list: [137, 3, 137] (A Worker failed with return code 3,' "$STDOUT"
expect_status 3 on_hosts --propagate-exit-code failing-worker.yaml

expect_status 0 on_hosts setup-only.yaml
expect_text ') Node 1 is set up' "$STDOUT"

expect_status 0 on_hosts --num-nodes 3 rendezvous.yaml
for rank in 0 1 2; do
  expect_line "rank $rank of 3: the sum of all ranks is 3" <(lines_of $rank)
done
assert_nothing_left
