#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# without WORDS COMMAND...: runs it with those of the descriptors 0, 1, 2 closed.
without() {
  local closed=$1
  shift
  (
    for fd in $closed; do eval "exec $fd>&-"; done
    exec "$@"
  )
}

# A launch agent whose daemon, and so the shepherd and the programs there, have no standard error either.
cat >"$SCRATCH/agent" <<'AGENT'
#!/bin/bash
exec 2>&-
shift
exec bash -c "$*"
AGENT
chmod +x "$SCRATCH/agent"
mkdir -p files
echo content >files/a
write_task <<TASK
num_nodes: 2
workdir: files
run: cat a >>$SCRATCH/ran
TASK

for closed in 0 1 2 '0 1' '0 2' '1 2' '0 1 2'; do
  rm -f "$SCRATCH/ran"
  for nodes in '' "--launch-agent $SCRATCH/agent --host alpha,beta --launch flat"; do
    STATUS=0
    # shellcheck disable=SC2086 # several words
    without "$closed" skyrun $nodes "$TASK" >"$STDOUT" 2>"$STDERR" || STATUS=$?
    expect_equal "$STATUS" 0 "exit code with $closed closed"
  done
  expect_equal "$(<"$SCRATCH/ran")" "$(printf 'content\n%.0s' 1 2 3 4)" "what ran with $closed closed"
  for command in "skyrun --dryrun $TASK" 'skyrun topo' 'skyrun version' 'skyrund --version'; do
    # shellcheck disable=SC2086
    without "$closed" $command >"$STDOUT" 2>"$STDERR" || fail "$command: exit code $? with $closed closed"
  done
  # Where its parent has gone before it began there is nothing to do.
  for command in skyrund 'skyrund --shepherd'; do
    STATUS=0
    # shellcheck disable=SC2086
    without "$closed" timeout 20 $command </dev/null >"$STDOUT" 2>"$STDERR" || STATUS=$?
    expect_equal "$STATUS" 0 "exit code of $command with $closed closed"
  done
done
