#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_stubborn_task
for victim in h1 h4 h0; do
  start_job --tree-arity 2 --grace 2 "$TASK"
  await_ranks 7
  kill_on "$victim" shepherd
  expect_end 100
  expect_one_error "skyrun: error: $victim: node lost: its shepherd was killed: signal 9 (Killed)"
  assert_nothing_left 10
done

# A signal that has no name ends it like another.
start_job --tree-arity 2 --grace 2 "$TASK"
await_ranks 7
kill_on h4 shepherd 35
expect_end 100
expect_one_error "skyrun: error: h4: node lost: its shepherd was killed: signal 35 (Real-time signal 1)"
assert_nothing_left 10
