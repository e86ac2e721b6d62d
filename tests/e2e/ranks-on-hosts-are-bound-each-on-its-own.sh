#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 3
run: sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status
TASK
core=$(skyrun topo --place 1 --policy core | sed -n 's/^rank 0: CPUs \([^ ]*\), NUMA .*/\1/p')
expect_status 0 on_hosts --bind-to core --display map,bindings "$TASK"
for rank in 0 1 2; do
  expect_line "rank $rank on h$rank: CPUs $core, NUMA 0" "$STDOUT"
  expect_equal "$(lines_of "$rank")" "$core" "the CPUs of rank $rank"
  expect_line "skyrun: notice: h$rank: rank $rank is bound to CPUs $core, its memory is preferred on NUMA node 0" "$STDERR"
done

expect_status 0 on_hosts --gpus auto "$TASK"
expect_text 'skyrun: notice: --gpus auto: ' "$STDERR"
expect_text ' on every node' "$STDERR"

printf 'rank %s=h%s slot=0\n' 0 1 1 0 2 2 >"$SCRATCH/ranks"
expect_status 100 on_hosts --map-by "rankfile:file=$SCRATCH/ranks" "$TASK"
expect_line 'skyrun: error: --map-by: a task has one rank on each node, in their order, but this puts rank 0 on h1' "$STDERR"
expect_status 2 on_hosts --bind-to nothing "$TASK"
expect_text "skyrun: error: --bind-to nothing: 'nothing' is none of package" "$STDERR"
expect_status 2 on_hosts --display maps "$TASK"
expect_line "skyrun: error: --display maps: 'maps' is none of map, bindings; did you mean map? (see skyrun --help)" "$STDERR"

# A host that cannot look at itself is named, and nothing is run.
testbed exec h1 mount --bind /dev/null "$(command -v skyrun)"
expect_status 100 on_hosts --bind-to core "$TASK"
expect_text 'skyrun: error: h1: --bind-to must know its hardware: ' "$STDERR"
expect_no_text 'Job started' "$STDOUT"
expect_status 100 on_hosts --gpus auto "$TASK"
expect_text 'skyrun: error: h1: --gpus auto must know its hardware: ' "$STDERR"
assert_nothing_left
