#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

# refused TEXT: the task of standard input is refused with it, and nothing is done.
refused() {
  cat >t.yaml
  expect_status 1 skyrun --local 1 t.yaml
  expect_equal "$(<"$STDERR")" "skyrun: error: t.yaml:$1" 'standard error'
  expect_equal "$(<"$STDOUT")" '' 'standard output'
  [[ ! -e ~/.skyrun && ! -e ~/sky_logs ]] || fail 'a job was begun'
}
remedy='copy it in setup, or run without it by --skip-remote-mounts'
refused "3: file_mounts./data: nothing here fetches s3://bucket/x: $remedy" <<<$'run: echo runs\nfile_mounts:\n  /data: s3://bucket/x'
refused "3: file_mounts.a: nothing here fetches https://host/x.tar: $remedy" <<<$'run: echo runs\nfile_mounts:\n  a: https://host/x.tar'
refused "3: file_mounts./data: nothing here mounts buckets: $remedy" <<<$'run: echo runs\nfile_mounts:\n  /data: {source: gs://bucket}'
refused "3: volumes./data: nothing here mounts volumes: $remedy" <<<$'run: echo runs\nvolumes:\n  /data: mine'
expect_status 1 skyrun --dryrun --local 1 t.yaml

expect_status 0 skyrun --local 1 --skip-remote-mounts t.yaml
expect_line '(task, pid=N) runs' <(without_pids)
expect_line 'skyrun: notice: volumes has no effect without a cloud' "$STDERR"
rm -rf ~/.skyrun ~/sky_logs

# What an empty variable leaves is not the whole directory.
empty='which would be the whole working directory: has a variable in it no value?'
refused "4: file_mounts.~/a: the source is empty, $empty" <<<$'run: echo runs\nenvs: {X: ""}\nfile_mounts:\n  ~/a: $X'
refused "3: workdir: it is empty, $empty" <<<$'run: echo runs\nenvs: {X: ""}\nworkdir: $X'
expect_status 2 skyrun --local 1 --workdir '' -- true
