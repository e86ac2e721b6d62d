#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

# The head has a second network, which only the client is on too.
testbed exec h0 ip address add 10.78.0.2/16 dev eth0
testbed exec client ip address add 10.78.0.1/16 dev eth0

# expect_addresses ADDRESS... -- ARGUMENT...: SKYPILOT_NODE_IPS on the last rank, which reaches all of them.
expect_addresses() {
  local wanted=()
  while [[ $1 != -- ]]; do
    wanted+=("$1")
    shift
  done
  shift
  write_task <<'TASK'
run: |
  echo $SKYPILOT_NODE_IPS
  for address in $SKYPILOT_NODE_IPS; do
    timeout 5 bash -c "</dev/tcp/$address/22" >/dev/null || echo "$address is out of reach"
  done
TASK
  expect_status 0 skyrun --num-nodes ${#wanted[@]} "$@" "$TASK"
  expect_line "${wanted[*]}" <(lines_of $((${#wanted[@]} - 1)))
  expect_no_text 'out of reach' "$STDOUT"
}

for how in auto tree flat; do
  expect_addresses 10.77.0.2 10.77.0.3 10.77.0.4 -- --host 10.78.0.2,h1,h2 --launch $how
done
# This machine as the head, and in the middle.
expect_addresses 10.77.0.1 10.77.0.3 10.77.0.4 -- --host localhost,h1,h2
expect_addresses 10.77.0.2 10.77.0.1 10.77.0.4 -- --host 10.78.0.2,localhost,h2
# shellcheck disable=SC2016
expect_status 0 skyrun --host 10.78.0.2 --num-nodes 1 -- 'echo "alone on $SKYPILOT_NODE_IPS"'
expect_text 'alone on 10.78.0.2' "$STDOUT"
expect_addresses 10.78.0.2 10.78.0.1 -- --host h0,localhost --interface 10.78.0.0/16
expect_addresses 10.77.0.2 10.77.0.1 -- --host 10.78.0.2,localhost --interface 10.77.0.0/16
expect_addresses 10.77.0.2 10.77.0.3 -- --host h0,h1 --interface eth0

expect_status 100 skyrun --num-nodes 2 --host h0,h1 --interface 10.78.0.0/16 -- true
expect_text 'skyrun: error: h1: no address of the interface that --interface names; it has eth0 10.77.0.3' "$STDERR"
expect_status 2 skyrun --num-nodes 2 --host h0,h1 --interface 10.78.0.0/161 -- true
expect_text 'expected an interface'"'"'s name, or a network as 10.1.0.0/16' "$STDERR"
assert_nothing_left
