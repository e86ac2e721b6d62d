#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# Nobody is told: the silence is what shows it. In the tree of arity 2, h1 has h3 and h4 below it.
write_stubborn_task
for victim in h6 h1 h0; do
  start_job --tree-arity 2 --grace 1 "$TASK"
  await_ranks 7
  testbed power-off "$victim"
  expect_end 100 12
  expect_one_error "skyrun: error: $victim: node lost: silent for 5"
  assert_nothing_left 10
  testbed power-on "$victim"
done
