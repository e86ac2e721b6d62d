#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
run: exit 3
TASK

# What was asked for and cannot be printed was not done.
for asked in --help --version help topo 'topo --help' 'clean --help' 'completion bash' "--dryrun $TASK"; do
  # shellcheck disable=SC2086 # words
  skyrun $asked >/dev/full 2>"$STDERR" && fail "$asked succeeded"
  expect_line 'skyrun: error: standard output: write: No space left on device' "$STDERR"
done

# Where nobody can be told why, the exit code still says that.
code_without_words() {
  local code=0
  "${@:2}" >"$STDOUT" 2>/dev/full || code=$?
  expect_equal "$code" "$1" "exit code of ${*:2}"
}
code_without_words 2 skyrun
code_without_words 2 skyrun --nope
code_without_words 2 skyrun topo --nope
code_without_words 2 skyrun clean --nope
code_without_words 1 skyrun "$SCRATCH/none.yaml"
code_without_words 0 skyrun --dryrun "$TASK"
code_without_words 100 skyrun "$TASK"
