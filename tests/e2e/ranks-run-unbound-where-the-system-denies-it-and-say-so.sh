#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

allowed=$(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status)
write_task <<'TASK'
num_nodes: 2
run: sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status
TASK
denied() { python3 "$CHECKOUT/tests/e2e/support/deny_binding.py" "$@"; }
expect_status 0 denied skyrun --map-by core --report-bindings "$TASK"
for rank in 0 1; do
  expect_line "$allowed" <(lines_of "$rank")
  expect_line "skyrun: notice: node$rank: rank $rank is bound to CPUs $allowed, its memory is preferred on NUMA node 0" "$STDERR"
done
# What both say is said once, and at the end for how many.
for what in 'not bound to its CPUs' 'memory is not near its CPUs'; do
  expect_equal "$(grep -c ": $what: Operation not permitted" "$STDERR")" 2 "how often '$what' is said"
  expect_line "skyrun: notice: 2 of 2 nodes: $what: Operation not permitted" "$STDERR"
done
