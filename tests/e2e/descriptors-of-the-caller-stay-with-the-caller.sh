#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

exec 7>"$SCRATCH/lock" 9</dev/null
# shellcheck disable=SC2016 # for the shell of the task
expect_status 0 skyrun --local 2 --num-nodes 2 -- 'ls -l /proc/self/fd /proc/$PPID/fd'
expect_no_text "$SCRATCH/lock" "$STDOUT"
# A task file may come by one.
printf 'run: echo came\n' >"$TASK"
exec 8<"$TASK"
expect_status 0 skyrun --local 1 /dev/fd/8
expect_text 'came' "$STDOUT"
