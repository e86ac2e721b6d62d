#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# age DAYS PATH: it and all that is in it has not changed for so long.
age() { find "$2" -exec touch -h -d "$1 days ago" {} +; }

expect_status 0 skyrun --local 1 -- 'echo old'
old=$(basename ~/sky_logs/sky-*)
skyrun --local 1 -- 'touch ~/here; until [ -e '"$SCRATCH"'/go ]; do sleep 0.05; done' >"$SCRATCH/running" 2>&1 &
running=$!
eventually 20 test -e ~/.skyrun/local/node0/here || fail 'no running job'
expect_status 0 skyrun --local 1 -- 'echo second set'
expect_status 0 skyrun clean
expect_equal "$(<"$STDOUT")" '' 'what is removed of today'

mkdir ~/sky_logs/sky-2024-01-01-00-00-00-000000 # of another program
age 10 ~/sky_logs
age 10 ~/.skyrun/local
expect_status 0 skyrun clean --dry-run
expect_line "would remove ~/sky_logs/$old" "$STDOUT"
[[ -e ~/sky_logs/$old ]] || fail 'a dry run removes'
expect_status 0 skyrun clean --older-than=9d
expect_line "removed ~/sky_logs/$old" "$STDOUT"
expect_line 'removed ~/.skyrun/local/2' "$STDOUT"
expect_equal "$(wc -l <"$STDOUT")" 3 'number of things removed'
expect_equal "$(find ~/sky_logs -maxdepth 1 -name 'sky-*' | wc -l)" 2 'directories of logs, of the running job and the other program'
expect_equal "$(find ~/sky_logs -xtype l)" '' 'links that lead nowhere'

# A later run does it unasked, and says nothing.
expect_status 0 skyrun --local 1 -- true
age 100 ~/sky_logs
expect_status 0 skyrun --local 1 -- true
expect_equal "$(find ~/sky_logs -maxdepth 1 -name 'sky-*' | wc -l)" 3 'directories of logs, with the last'
expect_no_text remove "$STDERR"
touch "$SCRATCH/go"
wait "$running" || fail "the running job ended with $?"
[[ -e $(echo ~/sky_logs/*/run.log | cut -d' ' -f1) ]] || fail 'no log'

for wrong in --older-than '--older-than 30' '--older-than x' --dryrun all; do
  # shellcheck disable=SC2086
  expect_status 2 skyrun clean $wrong
  expect_text 'skyrun: error: ' "$STDERR"
done
expect_status 0 skyrun clean --help
expect_text 'usage: skyrun clean' "$STDOUT"
