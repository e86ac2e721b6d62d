#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
# world: --user alice
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

mkdir "$SCRATCH/files"
echo content >"$SCRATCH/files/file"
write_task <<TASK
num_nodes: 3
workdir: $SCRATCH/files
file_mounts:
  ~/mounted/copy: $SCRATCH/files/file
setup: echo "\$(id -un) \$HOME \$PWD" >~/set-up
run: |
  echo "\$(id -un) \$(cat ~/set-up) \$(cat file) \$(cat ~/mounted/copy)"
  echo ready
  trap 'echo cleaned up; exit 0' TERM
  sleep 1000 & wait
TASK
start_job "$TASK"
await_ranks 3
for rank in 0 1 2; do
  expect_line 'alice alice /home/alice /home/alice/sky_workdir content content' <(lines_of $rank)
done
# Nobody else may write to what is hers, nor read what her job keeps.
expect_equal "$(ssh -n h1 'find ~ -perm /o=w ! -type l; stat -c %a ~/.skyrun')" 700 \
  'what others may write to, and the mode of ~/.skyrun'
kill -INT "$JOB"
expect_end 103
expect_line 'cleaned up' <(lines_of 1)
expect_line 'cleaned up' <(ssh -n h1 cat 'sky_logs/sky-*/tasks/1-worker1.log')
assert_nothing_left
