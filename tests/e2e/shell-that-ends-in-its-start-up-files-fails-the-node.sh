#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 2
run: |
  echo has run
TASK
why="the shell ended before the task's first line: see ~/.bashrc"

# Only an interactive shell does so: the one that starts the daemon is none.
for ending in 'exit 0' 'exit 3' 'exec sh' 'exec dash' 'exec bash' 'exec true' 'set -e; false'; do
  ssh -n h1 "echo 'case \$- in *i*) $ending ;; esac' >.bashrc"
  expect_status 100 on_hosts "$TASK"
  expect_text "skyrun: error: h1: $why" "$STDERR"
  expect_text '✗ Job finished (status: FAILED_DRIVER).' "$STDOUT"
  expect_no_text 'rank=1' "$STDOUT"
done

# setup is the first stage, and then no node runs.
sed -i 's/^run/setup: echo sets up\nrun/' "$TASK"
expect_status 100 on_hosts "$TASK"
expect_text "skyrun: error: h1: $why" "$STDERR"
expect_no_text 'has run' "$STDOUT"
assert_nothing_left

# What only looks like it: a return, a syntax error, a failing command, and that nothing may be overwritten.
for harmless in 'return 3' 'if then' 'false' 'set -o noclobber'; do
  ssh -n h1 "echo '$harmless' >.bashrc"
  expect_status 0 on_hosts "$TASK"
  expect_line 'has run' <(lines_of 1)
done

testbed exec h1 rm /root/.bashrc

# Without a test for interactivity, ssh's shell does so too, and no daemon starts.
for ending in 'exit 0' 'exit 3' 'exec sh' 'exec true'; do
  ssh -n h1 "echo '$ending' >.bashrc"
  expect_status 100 on_hosts "$TASK"
  expect_text 'skyrun: error: h1: connecting: the shell there ended before it started skyrund: see ~/.bashrc' "$STDERR"
  testbed exec h1 rm /root/.bashrc
done

# A node of this machine, whose start reads no ~/.bashrc.
mkdir -p ~/.skyrun/local/node0
echo 'exec sh' >~/.skyrun/local/node0/.bashrc
expect_status 100 skyrun --local 1 -- echo has run
expect_text "skyrun: error: node0: $why" "$STDERR"
