#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# Its lines are counted from the first of the block, and it can be read again; nobody inherits it.
write_task <<'TASK'
num_nodes: 2
setup: |
  trap 'echo "failed at $LINENO"' ERR
  (exit 1)
  echo "!!" '!x' "$(history | wc -l)"
run: |
  [[ ${BASH_SOURCE[0]} != "$0" || -n $1 ]] || echo "is the script at $LINENO"
  f() {
    echo "called from ${BASH_LINENO[0]}"
  }
  f
  [[ -z $1 ]] || { echo "$1 at $LINENO"; exit; }
  ls -l /proc/self/fd | grep -c 'memfd'
  bash "$0" 'again'
  if then
TASK
expect_status 100 on_hosts "$TASK"
for line in 'failed at 2' '!! !x 0'; do
  expect_equal "$(grep -c "^(setup .*) $line\$" "$STDOUT")" 2 "lines '$line'"
done
failed=$(sed -n 's/^  \([01]\) .*first to fail$/\1/p' "$STDOUT")
lines_of "$failed" >"$SCRATCH/rank"
expect_line 'is the script at 1' "$SCRATCH/rank"
expect_equal "$(grep -c '^called from 5$' "$SCRATCH/rank")" 2 'calls'
expect_line 0 "$SCRATCH/rank"
expect_line 'again at 6' "$SCRATCH/rank"
grep -qE '^bash: [^ ]+: line 9: syntax error near' "$SCRATCH/rank" || fail "no line of the syntax error: $(<"$SCRATCH/rank")"
assert_nothing_left
