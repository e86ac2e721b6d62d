#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
# shellcheck disable=SC2016 # for the shell of the task
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

# prints WANTED ARGUMENT...: what the one rank prints.
prints() {
  local wanted=$1
  shift
  expect_status 0 skyrun --local 1 "$@"
  expect_line "(sky-cmd, pid=N) $wanted" <(without_pids)
}
# Several words are kept as they are; one is for bash.
prints 'a  b' -- echo 'a  b'
expect_line "Command to run: echo 'a  b'" "$STDOUT"
prints '1' -- python3 -c 'print(1)'
prints '$HOME && x' -- echo '$HOME' '&&' x
expect_line 'skyrun: notice: $HOME is kept as it is; for bash to read it, give the command as one word' "$STDERR"
prints 'a b' -- 'echo a  b'
prints 'yes' -- 'echo yes; [ -e / ]'
prints 'b d' --env A=b --env C=d -- 'echo $A $C'
prints '[x,y]' --env 'A=[x,y]' 'echo $A'
# Options end at the program; after a command for bash they go on.
prints '-la --env A=b' echo -la --env A=b
prints 'b' 'echo $A' --env A=b
printf '#!/bin/sh\necho "script $*"\n' >script
chmod +x script
prints 'script --epochs 3' "$SCRATCH/script" --epochs 3

# A task file, wherever it comes from, may have options on both sides.
echo 'run: echo "A is $A"' >t.yaml
runs() {
  expect_status 0 skyrun --local 1 "$@"
  expect_line '(task, pid=N) A is b' <(without_pids)
}
runs t.yaml --env A=b
runs --env A=b -- t.yaml
runs --env A=b - <t.yaml
expect_line 'YAML to run: -' "$STDOUT"
runs --env A=b <(cat t.yaml)
cp t.yaml plain
runs --env A=b ./plain
expect_status 1 skyrun - <<<'echo hello'
expect_line 'skyrun: error: standard input:1: a task must be a dict of fields such as `run:`, this document is a plain value' "$STDERR"
