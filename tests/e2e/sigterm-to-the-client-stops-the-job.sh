#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_task <<'TASK'
run: |
  trap 'echo "clean"; exit 7' TERM
  echo ready
  sleep 1000
TASK
start_job "$TASK"
await_ranks 3
kill -TERM "$JOB"
expect_end 103
said_times 3 clean || fail 'not every rank cleaned up'
assert_nothing_left
