#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# Both nodes are on h0, as two nodes whose homes are one on a file server.
cat >"$SCRATCH/agent" <<'AGENT'
#!/bin/bash
exec ssh h0 "${*: -1}"
AGENT
chmod +x "$SCRATCH/agent"
mkdir "$SCRATCH/files"
seq 2000 | (cd "$SCRATCH/files" && split -l 1 -a 4)
write_task <<TASK
num_nodes: 2
workdir: $SCRATCH/files
file_mounts:
  /tmp/each/file: $SCRATCH/files/xaaaa
  /run/shared: $SCRATCH/files
run: |
  echo "\$(pwd) \$(ls | wc -l) \$(ls /run/shared | wc -l) \$(cat /tmp/each/file)"
TASK
shared() { skyrun --hostfile "$HOSTFILE" --launch flat --launch-agent "$SCRATCH/agent" "$@"; }
expect_status 0 shared "$TASK"
for rank in 0 1; do expect_line '/root/sky_workdir 2000 2000 1' <(lines_of $rank); done
expect_no_text 'workdir is' "$STDERR"
