#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
name: grp
execution: parallel
---
name: one
run: getent hosts two-0.grp || echo alone
---
name: two
run: echo runs
TASK
# An ordinary user of a system that allows no further user namespace.
denied() {
  unshare -U --map-user=1000 --keep-caps bash -c '
    echo 0 >/proc/sys/user/max_user_namespaces
    exec setpriv --ambient-caps -all --inh-caps -all -- "$@"' bash "$@"
}
expect_status 0 denied skyrun "$TASK"
expect_line '(one, pid=N) alone' <(without_pids)
expect_line '(two, pid=N) runs' <(without_pids)
for node in node0 node1; do
  expect_text "skyrun: notice: $node: the job group's host names do not resolve here, no namespace to show them: " "$STDERR"
done
