#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# Agents that are turned away when the person presses Ctrl-C: all of them within a few milliseconds.
cat >"$SCRATCH/agent" <<AGENT
#!/bin/bash
echo >>$SCRATCH/tries
until [[ -e $SCRATCH/go ]]; do read -rt 0.0\$((RANDOM % 9 + 1)) <>$SCRATCH/never; done
echo 'kex_exchange_identification: Connection reset by peer' >&2
exit 255
AGENT
chmod +x "$SCRATCH/agent"
mkfifo "$SCRATCH/never"
names=$(printf 'n%d,' {0..63})
all_have_begun() { (($(wc -l <"$SCRATCH/tries") == 64)); }

for ((round = 0; round < 12; ++round)); do
  : >"$SCRATCH/tries"
  rm -f "$SCRATCH/go"
  in_background skyrun --launch flat --launch-agent "$SCRATCH/agent" --host "${names%,}" \
    --num-nodes 64 -- hostname >"$STDOUT" 2>"$STDERR"
  job=$!
  eventually 30 all_have_begun || fail 'not every start was tried'
  touch "$SCRATCH/go"
  sleep "0.0$((RANDOM % 9))"
  kill -INT "$job"
  STATUS=0
  wait "$job" || STATUS=$?
  ((STATUS == 103)) || fail "exit code $STATUS in round $round"
  expect_text '(status: CANCELLED)' "$STDOUT"
done
