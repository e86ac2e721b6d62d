#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

expect_status 0 skyrun --quiet --local 2 -- 'echo it; echo and >&2'
expect_equal "$(without_pids | sed 's/, ip=[0-9.]*//' | sort)" '(head, rank=0, pid=N) and
(head, rank=0, pid=N) it
(worker1, rank=1, pid=N) and
(worker1, rank=1, pid=N) it' 'standard output'
expect_equal "$(<"$STDERR")" '' 'standard error'
expect_line '✓ Job finished (status: SUCCEEDED).' ~/sky_logs/1-sky-cmd/run.log

# Who reads only the errors learns everything from them.
# shellcheck disable=SC2016 # for the shell of the task
expect_status 100 skyrun -q --local 2 -- '[ $SKYPILOT_NODE_RANK = 0 ] || exit 7; sleep 1000'
expect_equal "$(<"$STDOUT")" '' 'standard output'
expect_text 'Job 2 failed with return code list:' "$STDERR"
expect_text 'exit code 7, the first to fail' "$STDERR"

# On a terminal there is no status line either.
script -qec "TERM=xterm skyrun -q --local 2 -- 'sleep 0.3'" /dev/null >"$STDOUT"
expect_equal "$(<"$STDOUT")" '' 'what a terminal shows'

expect_status 2 skyrun -q -v --local 1 -- true
