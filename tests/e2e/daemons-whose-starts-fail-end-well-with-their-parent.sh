#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# The head runs here and leaves its exit code; whom it starts is refused, sooner or later.
cat >"$SCRATCH/agent" <<AGENT
#!/bin/bash
if [[ \$1 == n0 ]]; then
  trap '' TERM
  bash -c "\$2"
  echo \$? >>$SCRATCH/codes
else
  echo >>$SCRATCH/tries
  ((RANDOM % 3)) || sleep "0.0\$((RANDOM % 9))"
  echo 'kex_exchange_identification: Connection reset by peer' >&2
  exit 255
fi
AGENT
chmod +x "$SCRATCH/agent"
names=$(printf 'n%d,' {0..32})
touch "$SCRATCH/codes"

heads_are_gone() { (($(wc -l <"$SCRATCH/codes") == $1)); }
head_has_begun() { (($(wc -l <"$SCRATCH/tries") > 8)); }

for ((round = 1; round <= 12; ++round)); do
  : >"$SCRATCH/tries"
  skyrun --launch-agent "$SCRATCH/agent" --host "${names%,}" --num-nodes 33 --tree-arity 32 -- hostname \
    >"$STDOUT" 2>"$STDERR" &
  job=$!
  eventually 20 head_has_begun || fail 'the head starts nobody'
  sleep "0.$((RANDOM % 5))"
  kill -KILL "$job"
  wait "$job" 2>/dev/null || true
  eventually 20 heads_are_gone "$round" || fail 'the head stays'
done
expect_equal "$(sort -u "$SCRATCH/codes")" 0 'exit code of the heads'
