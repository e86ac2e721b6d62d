#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

echo content >"$SCRATCH/source"
ssh -n h1 touch blocked
write_task <<TASK
num_nodes: 3
file_mounts:
  ~/blocked/file: $SCRATCH/source
setup: touch ~/has-set-up
run: touch ~/has-run
TASK
expect_status 100 on_hosts "$TASK"
expect_text 'skyrun: error: h1: ' "$STDERR"
expect_text 'blocked' "$STDERR"
expect_line '✗ Job finished (status: FAILED_DRIVER).' "$STDOUT"
assert_nothing_left
on_each ls >"$SCRATCH/files"
expect_text sky_workdir "$SCRATCH/files"
expect_no_text has- "$SCRATCH/files"
