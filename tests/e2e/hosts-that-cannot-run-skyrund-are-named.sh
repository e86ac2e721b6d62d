#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

# h2 has another directory where the others have skyrund.
bin=$SKYRUN_BUILD/bin
testbed exec h2 mount -t tmpfs none "$bin"

expect_status 100 on_hosts --num-nodes 4 -- 'echo has run'
expect_text "skyrun: error: h2: starting skyrund: cannot run $bin/skyrund there: " "$STDERR"
expect_no_text notice: "$STDERR" # no other starter would fare better
expect_text 'No such file or directory; install the same skyrun at that path on every node' "$STDERR"
expect_no_text ') has run' "$STDOUT"
assert_nothing_left

# put_program TEXT: what h2 has in place of skyrund.
put_program() {
  testbed exec h2 bash -c "printf '%s\n' '#!/bin/bash' '$1' >$bin/skyrund && chmod +x $bin/skyrund"
}
put_program 'echo out of order >&2; exit 3'
expect_status 100 on_hosts --num-nodes 4 -- 'echo has run'
expect_text 'skyrun: error: h2: starting skyrund: out of order' "$STDERR"
assert_nothing_left

# It starts and stays silent.
put_program 'exec cat >/dev/null'
expect_status 100 on_hosts --num-nodes 4 --start-timeout 3 --tree-arity 8 -- 'echo has run'
expect_text 'skyrun: error: h2: starting skyrund: no answer within 2 s' "$STDERR"
expect_no_text ') has run' "$STDOUT"
assert_nothing_left 10
