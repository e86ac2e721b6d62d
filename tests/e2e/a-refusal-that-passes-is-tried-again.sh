#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# An agent that the first host's sshd turns away once, as it does when too many log in at a time.
cat >"$HOME/agent" <<'AGENT'
#!/bin/bash
if mkdir ~/tried-before 2>/dev/null; then
  echo "kex_exchange_identification: Connection closed by remote host" >&2
  exit 255
fi
exec ssh "$@"
AGENT
chmod +x "$HOME/agent"

expect_status 0 skyrun --hostfile "$HOSTFILE" --num-nodes 2 --launch-agent "$HOME/agent" --launch=flat -- hostname
[[ -d $HOME/tried-before ]] || fail "the agent was not used"
expect_text ') h0' "$STDOUT"
expect_text ') h1' "$STDOUT"
assert_nothing_left
