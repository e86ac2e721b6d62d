#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 1
. "$(dirname "$0")/lib.sh"

# shellcheck disable=SC2016 # bytes, not a string
write_task <<'TASK'
name: bytes
run: |
  printf 'latin gr\374n\n'
  printf 'gr\303\274n 世界 cut \344\270\n'
  printf 'dos line\r\n'
  printf 'escape \033[1mbold\033[0m\n'
  printf '\n'
  printf 'null \000 byte\n'
TASK
expect_status 0 on_hosts "$TASK"
sed -n 's/^(bytes, pid=[0-9]*) //p' "$STDOUT" >"$SCRATCH/seen"
printf 'latin gr\357\277\275n\ngrün 世界 cut \357\277\275\ndos line\nescape \033[1mbold\033[0m\n\nnull \000 byte\n' >"$SCRATCH/wanted"
cmp "$SCRATCH/seen" "$SCRATCH/wanted" || fail 'the screen shows other bytes'

# shellcheck disable=SC2012 # our own names
ssh -n h0 'cat sky_logs/1-bytes/tasks/run.log' >"$SCRATCH/raw"
printf 'latin gr\374n\ngrün 世界 cut \344\270\ndos line\r\nescape \033[1mbold\033[0m\n\nnull \000 byte\n' >"$SCRATCH/wanted"
cmp "$SCRATCH/raw" "$SCRATCH/wanted" || fail "the node's own log has other bytes"
