#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 4
setup: |
  [ $SKYPILOT_SETUP_NODE_RANK != 2 ] || exit 7
  [ $SKYPILOT_SETUP_NODE_RANK != 0 ] || exit 0
  echo waits
  sleep 1000
run: touch ~/has-run
TASK
expect_status 100 on_hosts "$TASK"
expect_line "ERROR: Job 1's setup failed. Failed workers: (pid=N, returncode=7). See error logs above for more details." \
  <(without_pids)
expect_line '  rank  node  ended' "$STDOUT"
expect_line '  0     h0    exit code 0' "$STDOUT"
expect_line '  1     h1    stopped by skyrun' "$STDOUT"
expect_line '  2     h2    exit code 7, the first to fail' "$STDOUT"
expect_line '✗ Job finished (status: FAILED_SETUP).' "$STDOUT"
assert_nothing_left
on_each ls >"$SCRATCH/files"
expect_text sky_workdir "$SCRATCH/files"
expect_no_text has-run "$SCRATCH/files"

expect_status 7 on_hosts --propagate-exit-code "$TASK"
