#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

# In place of skyrund there is one that greets, and from then on only says that it lives.
version=$(skyrun --version)
for victim in h0 h1; do
  testbed exec "$victim" bash -c "
    mount -t tmpfs none $SKYRUN_BUILD/bin
    cat >$SKYRUN_BUILD/bin/skyrund && chmod +x $SKYRUN_BUILD/bin/skyrund" <<PROGRAM
#!/bin/bash
printf '\001skyrund-stream-4 ${version##* }\n'
while sleep 0.5; do printf '\0\0\0\0' || exit; done
PROGRAM
  expect_status 100 on_hosts --num-nodes 4 --tree-arity 2 --start-timeout 3 -- 'echo has run'
  grep -qE "^skyrun: error: $victim: waiting for skyrund's hello: no answer within [23] s" "$STDERR" ||
    fail "no error of $victim: $(<"$STDERR")"
  expect_no_text ') has run' "$STDOUT"
  assert_nothing_left 10
  testbed exec "$victim" umount "$SKYRUN_BUILD/bin"
done
