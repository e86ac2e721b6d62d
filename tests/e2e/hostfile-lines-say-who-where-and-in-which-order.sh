#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

testbed exec h1 bash -c 'cat /root/.ssh/authorized_keys >>/home/alice/.ssh/authorized_keys'
testbed exec h0 bash -c 'cat /root/.ssh/authorized_keys >>/home/alice/.ssh/authorized_keys'

# hosts_used ARGUMENT...: "user@host" of each rank, in rank order.
hosts_used() {
  # shellcheck disable=SC2016 # for the shell of the task
  expect_status 0 skyrun "$@" -- 'echo $SKYPILOT_NODE_RANK $(id -un)@$(hostname)'
  sed -nE 's/^\([^)]*\) ([0-9]+ .*@h[0-9])$/\1/p' "$STDOUT" | sort -n | cut -d ' ' -f 2 | paste -sd ' '
}

cat >"$HOSTFILE" <<'HOSTS'
# Rank 0 is the first host.
h3 slots=2   # a host of two slots is one node

alice@h1 port=22
h0
h3 slots=4
HOSTS
expect_equal "$(hosts_used --hostfile "$HOSTFILE" --num-nodes 3)" 'root@h3 alice@h1 root@h0' 'the order'
expect_equal "$(hosts_used --hostfile "$HOSTFILE" --num-nodes 2)" 'root@h3 alice@h1' 'the first two'
expect_text 'skyrun: notice: using 2 of 3 hosts, as num_nodes says' "$STDERR"
expect_equal "$(hosts_used --host h2,alice@h0:4 --host h1 --num-nodes 3)" 'root@h2 alice@h0 root@h1' 'of lists'

expect_status 1 skyrun --hostfile "$HOSTFILE" --num-nodes 4 -- hostname
expect_line 'skyrun: error: the task asks for 4 nodes, the host list has 3; name more hosts, or lower num_nodes (--num-nodes)' "$STDERR"
printf 'h0\nh1 slots=many\n' >"$HOSTFILE"
expect_status 1 skyrun --hostfile "$HOSTFILE" -- hostname
expect_text "skyrun: error: hostfile: $HOSTFILE:2: " "$STDERR"
expect_status 1 skyrun --hostfile /nowhere/hosts -- hostname
expect_line 'skyrun: error: hostfile: /nowhere/hosts: No such file or directory' "$STDERR"
assert_nothing_left
