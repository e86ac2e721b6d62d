#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
# shellcheck disable=SC2016 # for the shell of the task
. "$(dirname "$0")/lib.sh"

# prints WANTED ARGUMENT...: what the one rank prints.
prints() {
  local wanted=$1
  shift
  expect_status 0 skyrun --local 1 "$@"
  expect_line "(sky-cmd, pid=N) $wanted" <(without_pids)
}
# Words are joined by one blank and mean what they mean to bash.
prints 'a b' -- echo 'a  b'
expect_line 'Command to run: echo a  b' "$STDOUT"
prints 'a  b' -- echo '"a  b"'
prints 'yes' -- '[ -e / ]' '&&' echo yes
prints 'yes' -- 'echo yes; [ -e / ]'
# Options may stand on both sides of a command, until "--".
prints 'b d' --env A=b --env C=d -- echo '$A' '$C'
prints 'b' echo --env A=b '$A'
prints '--env A=b -- c' -- echo --env A=b -- c
prints '[x,y]' --env 'A=[x,y]' 'echo $A'
