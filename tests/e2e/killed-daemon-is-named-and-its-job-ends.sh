#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# In the tree of arity 2, h1 has h3 and h4 below it, h4 nobody, and h0 is the head.
write_stubborn_task
for victim in h1 h4 h0; do
  start_job --tree-arity 2 --grace 2 "$TASK"
  await_ranks 7
  kill_on "$victim" daemon
  expect_end 100
  expect_one_error "skyrun: error: $victim: node lost: "
  assert_nothing_left 10
done
