# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced after lib.sh, on four hosts.

# expect_group_names: two tasks on hosts of their own find each other by name, in setup and in run, at the
# addresses that their nodes give, and only there.
expect_group_names() {
  write_task <<'TASK'
name: grp
execution: parallel
---
name: trainer
num_nodes: 2
setup: getent hosts eval-0.grp
run: |
  for name in trainer-0 trainer-1 eval-0; do getent hosts $name.grp; done
  getent hosts localhost >/dev/null && hostname && whoami && echo $SKYPILOT_JOBGROUP_NAME
---
name: eval
run: |
  echo "$SKYPILOT_NODE_IPS $(getent hosts eval-0.grp)"
  hostname
TASK
  expect_status 0 on_hosts "$TASK"
  address_of() { getent hosts "$1" | awk '{print $1}'; }
  local rank
  for rank in 0 1; do
    expect_equal "$(sed -n "s/^(trainer-$rank, rank=$rank, [^)]*) //p" "$STDOUT" | awk '{$1=$1; print}')" \
      "$(address_of h0) trainer-0.grp
$(address_of h1) trainer-1.grp
$(address_of h2) eval-0.grp
h$rank
$(whoami)
grp" "what trainer-$rank says"
  done
  expect_equal "$(sed -n 's/^(eval, pid=[0-9]*) //p' "$STDOUT" | awk '{$1=$1; print}')" \
    "$(address_of h2) $(address_of h2) eval-0.grp
h2" 'what eval says'
  expect_equal "$(grep -c '^(setup pid=.* eval-0.grp$' "$STDOUT")" 2 'the setups that find eval'
  expect_line 'skyrun: notice: using 3 of 4 hosts, as num_nodes says' "$STDERR"
  expect_line '✓ Task trainer finished (status: SUCCEEDED).' "$STDOUT"
  expect_line '✓ Task eval finished (status: SUCCEEDED).' "$STDOUT"
  expect_equal "$(on_each 'getent hosts eval-0.grp || true')" '' 'who knows the names outside'

  expect_status 1 skyrun --host h0,h1 "$TASK"
  expect_line 'skyrun: error: the task asks for 1 node, the host list has 2, of which 2 are taken; name more hosts, or lower num_nodes (--num-nodes)' "$STDERR"
}
