#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
setup: echo sets up
run: echo runs
TASK
expect_status 0 skyrun --local 2 --no-setup "$TASK"
expect_line 'skyrun: notice: setup commands skipped' "$STDERR"
expect_no_text 'sets up' "$STDOUT"
expect_equal "$(grep -c 'runs' "$STDOUT")" 2 'the number of ranks'

# Nothing to skip, nothing to say.
expect_status 0 skyrun --local 2 --no-setup -- echo runs
expect_equal "$(<"$STDERR")" '' 'standard error'
