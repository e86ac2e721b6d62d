#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# kill_ssh ON TO: on that host, the ssh process to the other.
kill_ssh() {
  testbed exec "$1" pkill -KILL -f "^ssh .* $2 echo " || fail "no ssh to $2 on $1"
}

write_stubborn_task
for link in 'h0 h1' 'h1 h4' 'client h0'; do
  read -r from to <<<"$link"
  start_job --tree-arity 2 --grace 2 "$TASK"
  await_ranks 7
  kill_ssh "$from" "$to"
  expect_end 100
  expect_one_error "skyrun: error: $to: node lost: "
  assert_nothing_left 10
done
