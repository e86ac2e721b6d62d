#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# A job group has a hosts file too.
write_task <<'TASK'
name: group
execution: parallel
primary_tasks: [one]
---
name: one
num_nodes: 2
secrets: {TOKEN: marker-secret}
setup: test "$TOKEN" = marker-secret
run: |
  getent hosts one-0.group >/dev/null && echo ready
  sleep 1000
---
name: two
run: |
  getent hosts one-0.group >/dev/null && echo ready
  sleep 1000
TASK
find_marks() {
  on_each 'grep -rlE "mark[e]r-secret|one-0[.]group" ~ /tmp /run /var/tmp /dev/shm 2>/dev/null; find ~/.skyrun -type f ! -name workdir.lock 2>/dev/null; true'
}
said_ready() { (($(grep -c ' ready$' "$STDOUT") == 3)); }

for victim in shepherd daemon rank; do
  : >"$STDOUT"
  skyrun --hostfile "$HOSTFILE" "$TASK" >"$STDOUT" 2>"$STDERR" &
  JOB=$!
  eventually 30 said_ready || fail 'not all are ready'
  expect_equal "$(find_marks)" '' 'what is on the disks while it runs'
  kill_on h1 $victim
  expect_end 100 20
  expect_equal "$(find_marks)" '' "what is on the disks after the $victim was killed"
done
assert_nothing_left 10
