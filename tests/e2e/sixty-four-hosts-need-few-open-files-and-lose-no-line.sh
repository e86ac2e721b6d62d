#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 64
# world: --open-files 64
. "$(dirname "$0")/lib.sh"

expect_equal "$(ulimit -n) $(ssh -n h9 ulimit -n)" '64 64' 'limit of open files'
write_task <<'TASK'
num_nodes: 64
setup: touch ~/has-set-up
run: ls ~/has-set-up && seq 10000
TASK
expect_status 0 on_hosts "$TASK"
python3 - "$STDOUT" <<'PYTHON' || fail 'lines are missing or out of order'
import re, sys

lines = {rank: [] for rank in range(64)}
for line in open(sys.argv[1], encoding="utf-8"):
    found = re.fullmatch(r"\([a-z0-9]+, rank=(\d+), pid=\d+(?:, ip=[^)]*)?\) (.*)\n", line)
    if found:
        lines[int(found[1])].append(found[2])
wanted = ["/root/has-set-up"] + [str(n) for n in range(1, 10001)]
for rank, seen in lines.items():
    assert seen == wanted, f"rank {rank}: {len(seen)} lines"
PYTHON
expect_line '✓ Job finished (status: SUCCEEDED).' "$STDOUT"
assert_nothing_left 5
