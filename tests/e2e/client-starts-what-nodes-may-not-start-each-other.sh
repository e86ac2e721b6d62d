#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
# world: --no-node-ssh
. "$(dirname "$0")/lib.sh"

# Only the client holds a key. It is told once for each parent that was refused.
# shellcheck disable=SC2016 # for the shell of the task
expect_status 0 on_hosts --num-nodes 4 --tree-arity 2 -- 'echo on $(hostname)'
for rank in 0 1 2 3; do expect_line "on h$rank" <(lines_of $rank); done
expect_text 'skyrun: notice: h0 cannot start h1: ' "$STDERR"
expect_text 'Permission denied' "$STDERR"
expect_text 'from here' "$STDERR"
assert_nothing_left

# shellcheck disable=SC2016
expect_status 0 on_hosts --num-nodes 4 --launch flat -- 'echo on $(hostname)'
for rank in 0 1 2 3; do expect_line "on h$rank" <(lines_of $rank); done
expect_no_text skyrun: "$STDERR"

# shellcheck disable=SC2016
expect_status 100 on_hosts --num-nodes 4 --launch tree -- 'echo on $(hostname)'
expect_text 'skyrun: error: h1: connecting from h0: ' "$STDERR"
expect_text 'Permission denied' "$STDERR"
expect_no_text 'on h' "$STDOUT"
assert_nothing_left
