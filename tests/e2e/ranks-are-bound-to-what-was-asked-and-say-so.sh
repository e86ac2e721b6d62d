#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

unset OMP_NUM_THREADS
(($(nproc) > 1)) || fail "this needs two CPUs that it may use"
# Embedded nodes share this machine: their ranks divide its cores.
write_task <<'TASK'
num_nodes: 2
setup: echo "setup may use $(nproc)"
run: |
  sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status
  echo "memory $(awk 'NR == 1 { print $2 }' /proc/self/numa_maps 2>/dev/null)"
  echo "threads ${OMP_NUM_THREADS-unset}"
TASK
bound=$(skyrun topo --place 2 --policy core | sed -n 's/^rank [01]: CPUs \([^ ]*\), NUMA .*/\1/p')
first=${bound%$'\n'*} second=${bound#*$'\n'}
[[ $first != "$second" ]] || fail "two ranks on one core: $first"

expect_status 0 skyrun --map-by core --report-bindings --display map "$TASK"
expect_line "map-by core, rank-by fill, bind-to core" "$STDOUT"
expect_line "rank 0 on node0: CPUs $first, NUMA 0" "$STDOUT"
expect_line "rank 1 on node1: CPUs $second, NUMA 0" "$STDOUT"
for rank in 0 1; do
  cpus=$( ((rank == 0)) && echo "$first" || echo "$second")
  expect_equal "$(lines_of "$rank" | head -n 1)" "$cpus" "the CPUs of rank $rank"
  expect_equal "$(lines_of "$rank" | tail -n 1)" 'threads 1' "the threads of rank $rank"
  [[ ! -e /proc/self/numa_maps ]] || expect_equal "$(lines_of "$rank" | sed -n 2p)" 'memory prefer:0' 'the policy'
  expect_line "skyrun: notice: node$rank: rank $rank is bound to CPUs $cpus, its memory is preferred on NUMA node 0" "$STDERR"
done
expect_text "setup may use $(nproc)" "$STDOUT" # which is not bound

# What a user says of threads stays, in the task and on the node.
expect_status 0 skyrun --bind-to core --env OMP_NUM_THREADS=7 "$TASK"
expect_equal "$(lines_of 0 | tail -n 1)" 'threads 7' 'what the task says'
OMP_NUM_THREADS=5 expect_status 0 skyrun --bind-to core "$TASK"
expect_equal "$(lines_of 1 | tail -n 1)" 'threads 5' 'what the node says'

# Without the options a task is as free as we are.
expect_status 0 skyrun --report-bindings "$TASK"
all=$(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status)
expect_equal "$(lines_of 1)" "$all"$'\n''memory default'$'\n''threads unset' 'a task that is not placed'
expect_line "skyrun: notice: node1: rank 1 is not bound, it may use CPUs $all" "$STDERR"

# A topology from a file, which hwloc would believe, binds nothing elsewhere.
HWLOC_XMLFILE=/nonexistent expect_status 0 skyrun --map-by core "$TASK"
expect_equal "$(lines_of 1 | head -n 1)" "$second" 'the CPUs of rank 1'
expect_line 'skyrun: notice: node0: HWLOC_XMLFILE is ignored: this is about the real machine' "$STDERR"
