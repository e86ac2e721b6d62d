#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# Whether the client has one link or, with --launch=flat, one to each node.
write_stubborn_task
for how in '--tree-arity 2' '--launch flat' '--tree-arity 1'; do
  # shellcheck disable=SC2086 # two words
  start_job $how "$TASK"
  await_ranks 4
  kill_job KILL
  assert_nothing_left 10
done
