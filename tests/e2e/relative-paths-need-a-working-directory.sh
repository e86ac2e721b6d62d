#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

mkdir "$SCRATCH/gone"
cd "$SCRATCH/gone"
rmdir "$SCRATCH/gone"
says='relative to a working directory that is not there any more; go to another one first'
write_task <<'TASK'
workdir: .
run: ls
TASK
expect_status 1 skyrun --local 1 "$TASK"
expect_text "skyrun: error: $TASK:1:" "$STDERR"
expect_text ".: $says" "$STDERR"
write_task <<'TASK'
file_mounts:
  ~/x: data
run: ls
TASK
expect_status 1 skyrun --local 1 "$TASK"
expect_text "data: $says" "$STDERR"
for option in '--workdir .' '--env-file x' '--secret-file ../x'; do
  # shellcheck disable=SC2086
  ! skyrun --local 1 $option -- true >"$STDOUT" 2>"$STDERR" || fail "$option was taken"
  expect_text "$says" "$STDERR"
done
expect_status 0 skyrun --local 1 -- 'pwd'
expect_text "$HOME/.skyrun/local/node0/sky_workdir" "$STDOUT"
