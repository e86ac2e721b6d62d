#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
run: 'true'
TASK
expect_status 0 skyrun --local 1 "$TASK"
expect_equal "$(sed '$d' "$STDOUT")" "YAML to run: $TASK
⚙︎ Job submitted, ID: 1
├── Waiting for task resources on 1 node.
└── Job started. Streaming logs... (Ctrl-C to stop the job)
✓ Job finished (status: SUCCEEDED)." 'standard output'
expect_equal "$(<"$STDERR")" '' 'standard error'
# The last line is ours.
log=$(echo ~/sky_logs/sky-*)
[[ $(tail -n 1 "$STDOUT") =~ ^'  took '[0-9.]+' s, logs: '"$log"$ ]] || fail 'its last line is another'
expect_equal "$(cat ~/sky_logs/1--/run.log)" "$(<"$STDOUT")" 'the combined log, by its number'

expect_status 100 skyrun --local 2 -- exit 9
expect_line 'Command to run: exit 9' "$STDOUT"
expect_line '⚙︎ Job submitted, ID: 2' "$STDOUT"
expect_line '├── Waiting for task resources on 2 nodes.' "$STDOUT"
expect_line '✗ Job finished (status: FAILED).' "$STDOUT"

echo '{name: nothing}' >"$TASK"
expect_status 0 skyrun --local 1 "$TASK"
expect_line 'skyrun: notice: run commands not specified or empty' "$STDERR"
