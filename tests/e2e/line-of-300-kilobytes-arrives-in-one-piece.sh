#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 4
run: |
  for round in 1 2 3; do
    python3 -c 'import os; print(("<" + os.environ["SKYPILOT_NODE_RANK"] * 8 + ">") * 30000)'
    echo "short $round"
  done
TASK
expect_status 0 on_hosts "$TASK"
for rank in 0 1 2 3; do
  expect_equal "$(lines_of $rank | md5sum)" \
    "$(for round in 1 2 3; do python3 -c "print('<$rank$rank$rank$rank$rank$rank$rank$rank>' * 30000)"; echo "short $round"; done | md5sum)" \
    "the sum of what rank $rank printed"
done
