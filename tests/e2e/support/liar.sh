# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For tests in which one node's daemon is hostile (liar.cpp).

LIAR=$SKYRUN_BUILD/bin/liar
STARTED=$SCRATCH/started # the hosts whose daemons were started from here

# lied HOST LIE ARGUMENT...: a job on all hosts in which the daemon of HOST lies ends with FAILED_DRIVER, names HOST
# alone, and leaves nothing.
lied() {
  local host=$1 lie=$2
  shift 2
  rm -f "$STARTED"
  # Nobody waits for what the liar might say yet.
  expect_status 100 timeout 15 skyrun --hostfile "$HOSTFILE" --num-nodes "$(wc -l <"$HOSTFILE")" --grace 1 --launch-agent "$LIAR $STARTED $host $lie ssh" "$@" -- 'sleep 60'
  expect_text "FAILED_DRIVER" "$STDOUT"
  expect_equal "$(grep -c '^skyrun: error: ' "$STDERR")" 1 "the number of errors for $lie ($(<"$STDERR"))"
  assert_nothing_left 10
}

# expect_blamed HOST WORDS: the error of the last lie.
expect_blamed() {
  expect_line "skyrun: error: $1: node lost: $2" "$STDERR"
}
