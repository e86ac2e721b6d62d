#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# What a host has is what discovery there sees, which is no GPU at all on a machine that has none.
has=$(skyrun topo --output=json | python3 -c '
import json, sys
print(" and ".join(f"{count} x {name}" for name, count in json.load(sys.stdin)["accelerators"].items()))')
write_task <<'TASK'
num_nodes: 2
resources: {accelerators: A100:512}
run: touch ~/has-run
TASK
expect_status 100 on_hosts "$TASK"
for host in h0 h1; do
  expect_text "skyrun: error: $host: asks for A100:512, has ${has:-no accelerators}" "$STDERR"
done
expect_equal "$(on_each 'ls has-run 2>/dev/null || true')" '' 'what was run'
assert_nothing_left

expect_status 0 on_hosts --skip-resource-check "$TASK"
expect_line "skyrun: notice: h1: asks for A100:512, has ${has:-no accelerators}; running all the same" "$STDERR"
expect_equal "$(on_each 'ls has-run')" $'has-run\nhas-run' 'what was run'

# A host that cannot look is taken at the person's word.
testbed exec h1 mount --bind /dev/null "$(command -v skyrun)"
expect_status 100 on_hosts "$TASK"
expect_text 'skyrun: error: h0: asks for A100:512' "$STDERR"
expect_no_text 'skyrun: error: h1: ' "$STDERR"
assert_nothing_left
