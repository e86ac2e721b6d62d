#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 2
envs:
  QUOTES: "it's \"quoted\" `here` \\ and \\n"
  LINES: |
    first

    third with trailing blank 
  TRAILING: "ends with newlines\n\n"
  DOLLARS: $HOME ${HOME} $(hostname) $$ !! *
  UNICODE: "Grüße, 世界 🚀 \u200B"
  BLANKS: "  two before,\ta tab, two after  "
  CONTROL: "\x01\x1b[31m\x7f"
  EMPTY: ""
  LEADING: -n
  NUMBER: 1.0e-6
  FLAG: yes
secrets:
  SECRET: "$ecret 'with' \"quotes\"\nand lines"
setup: env -0 >~/setup-environment
run: env -0 >~/run-environment
TASK
expect_status 0 on_hosts --env "GIVEN=a=b c" --env "FLAG=it's \$given" --secret $'TOKEN=to\nken' "$TASK"
expect_no_text ecret "$STDOUT"

for host in h0 h1; do
  for stage in setup run; do
    ssh -n "$host" cat "$stage-environment" >"$SCRATCH/$host-$stage"
  done
done
expect_status 0 python3 - "$SCRATCH"/h?-* <<'PYTHON'
import sys

wanted = {
    "QUOTES": "it's \"quoted\" `here` \\ and \\n",
    "LINES": "first\n\nthird with trailing blank \n",
    "TRAILING": "ends with newlines\n\n",
    "DOLLARS": "$HOME ${HOME} $(hostname) $$ !! *",
    "UNICODE": "Grüße, 世界 🚀 \u200b",
    "BLANKS": "  two before,\ta tab, two after  ",
    "CONTROL": "\x01\x1b[31m\x7f",
    "EMPTY": "",
    "LEADING": "-n",
    "NUMBER": "1e-06",
    "SECRET": "$ecret 'with' \"quotes\"\nand lines",
    "GIVEN": "a=b c",
    "FLAG": "it's $given",
    "TOKEN": "to\nken",
}
assert len(sys.argv) == 5
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        have = dict(entry.split(b"=", 1) for entry in file.read().split(b"\0") if entry)
    for name, value in wanted.items():
        seen = have.get(name.encode())
        assert seen == value.encode(), f"{path}: {name} is {seen}, not {value.encode()}"
PYTHON
