#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# The shepherd is left to end the job's processes; its daemon does not end it before it has.
write_task <<'TASK'
run: |
  trap 'echo clean >~/cleaned; exit 0' TERM
  echo ready
  sleep 1000 & wait
TASK
for victim in h1 h0; do
  start_job "$TASK"
  await_ranks 2
  kill_on "$victim" warden
  expect_end 100 20
  expect_one_error "skyrun: error: $victim: node lost: its shepherd was killed: signal 9 (Killed)"
  expect_equal "$(testbed exec "$victim" cat cleaned)" clean "what $victim's rank wrote"
  assert_nothing_left
done
