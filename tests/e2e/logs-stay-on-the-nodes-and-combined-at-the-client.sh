#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
name: logged
num_nodes: 2
setup: echo sets up $SKYPILOT_SETUP_NODE_RANK
run: |
  echo runs $SKYPILOT_NODE_RANK >&2
  printf 'half a line'
TASK
expect_status 0 on_hosts "$TASK"
expect_equal "$(cat ~/sky_logs/sky-*/run.log)" "$(<"$STDOUT")" 'the combined log'

# log HOST NAME: that log of the node.
log() {
  ssh -n "$1" cat "sky_logs/1-logged/tasks/$2"
}
expect_equal "$(log h0 setup.log)" 'sets up 0' 'setup.log of the head'
expect_equal "$(log h1 setup.log)" 'sets up 1' 'setup.log of the worker'
expect_equal "$(log h0 0-head.log)" $'runs 0\nhalf a line' 'the log of rank 0'
expect_equal "$(log h1 1-worker1.log)" $'runs 1\nhalf a line' 'the log of rank 1'
# The directory is named by the front of the task id, as recipes expect.
expect_equal "$(ssh -n h1 'basename $(readlink sky_logs/1-logged)')" "$(basename ~/sky_logs/sky-*)" 'its real name'

expect_status 0 on_hosts --num-nodes 1 "$TASK"
expect_equal "$(ssh -n h0 cat sky_logs/2-logged/tasks/run.log)" $'runs 0\nhalf a line' \
  'the log of a single node'
