#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_task <<'TASK'
num_nodes: 3
secrets:
  FROM_FILE: marker-in-the-file
  TOKEN: null
setup: test "$TOKEN" = marker-of-the-command-line
run: |
  test "$FROM_FILE" = marker-in-the-file && echo ready
  until [ -e ~/go ]; do sleep 0.05; done
TASK
TOKEN=marker-of-the-command-line start_job --secret TOKEN "$TASK"
await_ranks 3

# who_knows HOST: the processes there that have it in their arguments or, but for the rank's own, in their
# environment; and the files that hold it and that others may read.
who_knows() {
  # shellcheck disable=SC2016 # for the shell there
  testbed exec "$1" bash -c '
    for process in /proc/[0-9]*; do
      name=$(<$process/comm) || continue
      ! grep -qs "mark[e]r-" $process/cmdline || echo "$name: arguments"
      [[ $name =~ ^(bash|sleep)$ ]] || ! grep -qs "mark[e]r-" $process/environ || echo "$name: environment"
    done
    find ~ ! -path "*/.ssh/*" -type f -perm /go=r -exec grep -l "mark[e]r-" {} +' 2>/dev/null || true
}
for host in h0 h1 h2; do
  expect_equal "$(who_knows $host)" '' "who knows the secret on $host"
done
on_each 'touch go'
expect_end 0
cat "$STDOUT" "$STDERR" ~/sky_logs/*/run.log >"$SCRATCH/seen"
on_each 'cat sky_logs/*/tasks/*; ls -d .skyrun* || true' >>"$SCRATCH/seen"
expect_no_text marker- "$SCRATCH/seen"
assert_nothing_left
