#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# The nodes hear of it as little as the client does.
write_stubborn_task
for how in '--tree-arity 2' '--launch flat'; do
  # shellcheck disable=SC2086 # two words
  start_job $how "$TASK"
  await_ranks 4
  testbed cut client
  expect_end 100 12
  expect_one_error 'skyrun: error: h0: node lost: silent for 5'
  assert_nothing_left 10
  testbed restore client
done
