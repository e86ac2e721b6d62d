#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

ip1=$(getent hosts h1 | cut -d' ' -f1)
ip2=$(getent hosts h2 | cut -d' ' -f1)
write_task <<'TASK'
name: prefixes
setup: echo sets up $$
run: echo runs $$
TASK
# seen: the lines of the task, sorted, each pid that is also in the text as P.
seen() {
  sed -nE 's/pid=([0-9]+)(.*) \1$/pid=P\2/p' "$STDOUT" | sort
}
expect_status 0 on_hosts --num-nodes 3 "$TASK"
expect_equal "$(seen)" "(head, rank=0, pid=P) runs
(setup pid=P, rank=0) sets up
(setup pid=P, rank=1, ip=$ip1) sets up
(setup pid=P, rank=2, ip=$ip2) sets up
(worker1, rank=1, pid=P, ip=$ip1) runs
(worker2, rank=2, pid=P, ip=$ip2) runs" 'the output of three nodes'

expect_status 0 on_hosts "$TASK"
expect_equal "$(seen)" '(prefixes, pid=P) runs
(setup pid=P) sets up' 'the output of one node'

expect_status 0 on_hosts --name other "$TASK"
expect_equal "$(seen | grep runs)" '(other, pid=P) runs' 'the output of a renamed task'

sed -i /name/d "$TASK"
expect_status 0 on_hosts "$TASK"
expect_equal "$(seen | grep runs)" '(task, pid=P) runs' 'the output of a nameless task'

# shellcheck disable=SC2016 # for the shell of the task
expect_status 0 on_hosts -- 'echo runs $$'
expect_equal "$(seen)" '(sky-cmd, pid=P) runs' 'the output of a command'
