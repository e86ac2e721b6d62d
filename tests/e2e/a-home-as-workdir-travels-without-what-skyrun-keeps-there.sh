#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

cd
mkdir -p project .sky/file_mounts sky_workdir
touch project/file .sky/file_mounts/old sky_workdir/old
write_task <<'TASK'
workdir: .
run: find . -mindepth 1 | sort
TASK
for round in 1 2; do
  expect_status 0 skyrun --local 1 "$TASK"
  expect_equal "$(sed -n 's/^(.*pid=[0-9]*) //p' "$STDOUT")" $'./.sky\n./project\n./project/file' "round $round"
  expect_equal "$(grep -c 'left out what skyrun itself keeps there' "$STDERR")" 1 'notices of it'
  expect_text "skyrun: notice: $HOME: left out what skyrun itself keeps there: .sky/file_mounts, .skyrun, sky_logs, sky_workdir" "$STDERR"
done

# Under another name, and from above; asked for by itself, it is sent.
ln -s "$HOME" "$SCRATCH/alias"
expect_status 0 skyrun --local 1 --workdir "$SCRATCH/alias" -- 'ls -A'
expect_no_text ') sky_logs' "$STDOUT"
expect_status 0 skyrun --local 1 --workdir ~/sky_workdir -- 'ls -A'
expect_text old "$STDOUT"
