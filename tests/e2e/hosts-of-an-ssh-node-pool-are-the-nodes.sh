#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

# A key that only alice on h1 and h2 takes, and that ssh does not find by itself.
ssh-keygen -q -t ed25519 -N '' -f "$SCRATCH/pool-key"
for host in h1 h2; do
  testbed exec "$host" --user alice bash -c "echo '$(<"$SCRATCH/pool-key.pub")' >>~/.ssh/authorized_keys"
done
mkdir -p ~/.sky
cat >~/.sky/ssh_node_pools.yaml <<POOLS
other:
  hosts: [h0]
mine:
  user: alice
  identity_file: $SCRATCH/pool-key
  hosts:
    - h2
    - ip: h1
    - {ip: h0, user: $(whoami)}
POOLS
write_task <<'TASK'
num_nodes: 2
resources: {infra: ssh/mine}
run: echo "$(hostname) $(whoami) ${SKYPILOT_CLUSTER_INFO#*, }"
TASK
expect_status 0 skyrun --launch flat "$TASK"
expect_equal "$(lines_of 0)" 'h2 alice "cloud": "SSH", "region": "ssh-mine", "zone": null}' 'rank 0'
expect_equal "$(lines_of 1)" 'h1 alice "cloud": "SSH", "region": "ssh-mine", "zone": null}' 'rank 1'
expect_equal "$(<"$STDERR")" 'skyrun: notice: using 2 of 3 hosts of pool mine, as num_nodes says' 'standard error'

# The command line chooses another pool, the first one, or hosts of its own.
for infra in ssh/other SSH/other ssh; do
  expect_status 0 skyrun --infra "$infra" --num-nodes 1 "$TASK"
  expect_no_text 'no effect' "$STDERR"
  expect_text ') h0 ' "$STDOUT"
done
expect_status 0 skyrun --host h1,h0 "$TASK"
expect_line 'skyrun: notice: the host list wins over infra ssh/mine' "$STDERR"
expect_text 'h1 ' <(lines_of 0)

# What ssh_config says of a host is not said again.
printf 'Host h1\n  User %s\nHost *\n  LogLevel ERROR\n' "$(whoami)" >~/.ssh/config.mine
cat ~/.ssh/config >>~/.ssh/config.mine 2>/dev/null || true
mv ~/.ssh/config.mine ~/.ssh/config
expect_status 0 skyrun --launch flat "$TASK"
expect_text 'h2 alice ' <(lines_of 0)
expect_text "h1 $(whoami) " <(lines_of 1)

expect_status 1 skyrun --infra ssh/mind "$TASK"
expect_text "has no pool 'mind', only other, mine; did you mean mine?" "$STDERR"
expect_status 1 skyrun --infra ssh/none "$TASK"
expect_equal "$(<"$STDERR")" "skyrun: error: infra ssh/none: $HOME/.sky/ssh_node_pools.yaml: has no pool 'none', only other, mine" 'standard error'
expect_status 1 skyrun --num-nodes 4 "$TASK"
expect_line 'skyrun: error: pool mine: the task asks for 4 nodes, the host list has 3; name more hosts, or lower num_nodes (--num-nodes)' "$STDERR"
rm ~/.sky/ssh_node_pools.yaml
expect_status 1 skyrun "$TASK"
expect_line "skyrun: error: infra ssh/mine: $HOME/.sky/ssh_node_pools.yaml: No such file or directory" "$STDERR"

# Clouds are named and have no effect.
expect_status 0 skyrun --local 1 --infra aws/us-east-1 -- true
expect_line 'skyrun: notice: --infra has no effect without a cloud: aws/us-east-1' "$STDERR"
