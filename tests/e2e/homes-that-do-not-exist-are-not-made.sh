#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# Here.
expect_status 1 env HOME="$SCRATCH/nowhere" skyrun --local 1 -- true
expect_text "skyrun: error: the home directory $SCRATCH/nowhere: No such file or directory" "$STDERR"
[[ ! -e $SCRATCH/nowhere ]] || fail 'a home was made here'

# On a node.
cat >"$SCRATCH/agent" <<'AGENT'
#!/bin/bash
exec ssh "$1" "export HOME=/tmp/nowhere; $2"
AGENT
chmod +x "$SCRATCH/agent"
expect_status 100 on_hosts --num-nodes 2 --launch flat --launch-agent "$SCRATCH/agent" -- true
for host in h0 h1; do expect_text "skyrun: error: $host: the home directory /tmp/nowhere: No such file or directory" "$STDERR"; done
expect_equal "$(on_each 'ls -d /tmp/nowhere 2>/dev/null || true')" '' 'a home there'
