#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

# expect_hosts LIST HOST...: rank i of a job on LIST runs on the i-th HOST.
expect_hosts() {
  local list=$1 rank=0 host
  shift
  # shellcheck disable=SC2016 # for the shell of the task
  expect_status 0 skyrun --host "$list" --num-nodes $# --tree-arity 1 "${how[@]}" -- 'echo on $(hostname)'
  for host; do
    expect_line "on $host" <(lines_of $rank)
    rank=$((rank + 1))
  done
  assert_nothing_left
}

how=()
for name in localhost 127.0.0.1 127.1 ::1 client CLIENT 10.77.0.1 root@localhost root@127.0.0.1; do
  # The last host hangs below this machine in the tree.
  expect_hosts "h0,$name,h1" h0 client h1
  expect_no_text notice: "$STDERR"
done
how=(--launch tree)
expect_hosts h0,localhost,h1 h0 client h1
how=(--launch flat)
expect_hosts h0,localhost,h1 h0 client h1

# Names of one machine are said once, and run on it.
how=()
expect_hosts h0,localhost,client,127.0.0.1 h0 client client client
expect_text 'notice: client: the same machine as localhost (client)' "$STDERR"
expect_text 'notice: 2 of 4 nodes: the same machine as localhost (client)' "$STDERR"
expect_hosts h0,10.77.0.2 h0 h0
expect_text 'notice: 10.77.0.2: the same machine as h0 (h0)' "$STDERR"
expect_equal "$(grep -c notice: "$STDERR")" 1 'number of notices'
