#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
name: g
execution: parallel
---
name: a
run: getent hosts a-0.g; echo "group $SKYPILOT_JOBGROUP_NAME, ids $SKYPILOT_TASK_IDS"
TASK
expect_status 0 skyrun --local 1 "$TASK"
grep -qE '^\(a, pid=[0-9]+\) 127\.0\.0\.1 +a-0\.g' "$STDOUT" || fail "no name: $(<"$STDOUT")"
grep -qE '^\(a, pid=[0-9]+\) group g, ids sky-managed-.*_g_a_' "$STDOUT" || fail "no marks: $(<"$STDOUT")"
expect_line '✓ Job group g finished (status: SUCCEEDED).' "$STDOUT"

# --local says how many nodes there are; the tasks say how many each has.
expect_status 0 skyrun --local 2 "$TASK"
expect_line 'skyrun: notice: using 1 of 2 embedded nodes, as num_nodes says' "$STDERR"
printf -- '---\nname: b\nnum_nodes: 2\nrun: echo runs\n' >>"$TASK"
expect_status 1 skyrun --local 2 "$TASK"
expect_line 'skyrun: error: --local 2: the tasks of the group need 3 nodes; without --local there are as many as are asked for' "$STDERR"
expect_status 0 skyrun --local 3 "$TASK"
expect_equal "$(<"$STDERR")" '' 'standard error'
