#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

allowed=$(sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status)
last=${allowed##*[,-]}
[[ $last != "$allowed" ]] || fail "this needs two CPUs that it may use"
write_task <<'TASK'
run: sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status
TASK

# By affinity, as a batch system leaves it.
expect_status 0 taskset -c "$last" skyrun --map-by numa "$TASK"
expect_line "(task, pid=N) $last" <(without_pids)
expect_line "skyrun: notice: node0: bound from outside to CPUs $last of $allowed: only these are used" "$STDERR"
expect_status 100 taskset -c "$last" skyrun --bind-to core --num-nodes 2 "$TASK"
expect_line "skyrun: error: --map-by core: 2 ranks need more CPUs than the nodes have; --bind-to core:overload-allowed lets them share" "$STDERR"
expect_status 0 taskset -c "$last" skyrun --bind-to core:overload-allowed --num-nodes 2 "$TASK"
expect_line "$last" <(lines_of 1)

# By a cgroup, of either kind.
group=/sys/fs/cgroup/cpuset/skyrun-test-$$ members=tasks
if [[ ! -d /sys/fs/cgroup/cpuset ]]; then
  echo +cpuset >/sys/fs/cgroup/cgroup.subtree_control
  group=/sys/fs/cgroup/skyrun-test-$$ members=cgroup.procs
fi
mkdir "$group"
leave() {
  eventually 2 rmdir "$group"
  end
}
trap leave EXIT
echo "$last" >"$group/cpuset.cpus"
cat "${group%/*}"/cpuset.mems* 2>/dev/null | head -n 1 >"$group/cpuset.mems"
confined() {
  bash -c 'echo $BASHPID >"$0" && exec "$@"' "$group/$members" "$@"
}
expect_status 0 confined skyrun --map-by package "$TASK"
expect_line "(task, pid=N) $last" <(without_pids)
expect_status 0 confined skyrun topo
expect_line "1 package, 1 NUMA node, 1 core, 1 CPU, $(skyrun topo | sed -n '1s/.*, //p')" "$STDOUT"
