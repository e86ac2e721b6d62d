#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

beat() { echo "while :; do echo $1 >>beats; sleep 0.05; done"; }
beats_on_h0() { testbed exec h0 cat beats 2>"$STDERR" | sort -u | tr '\n' ' '; }
all_beat() { [[ $(beats_on_h0) == 'child orphan session ' ]]; }

# Three ways to be there: as a child of ssh, as an orphan, and in a session of its own.
ssh -n h0 "setsid bash -c '$(beat session)' & (bash -c '$(beat orphan)' &); $(beat child)" &
connection=$!
eventually 5 all_beat || fail "on h0 run only: $(beats_on_h0)"

expect_status 0 testbed power-off h0
expect_status 1 testbed processes h0
expect_text 'h0 is off' "$STDERR"

# The other end was told nothing: its connection stands, and a new one gets no answer.
expect_status 255 ssh -n -o ConnectTimeout=1 h0 true
expect_text 'timed out' "$STDERR"
kill -0 "$connection" || fail 'the ssh connection to h0 ended'
kill "$connection"
wait "$connection" || true
expect_status 0 ssh -n h1 hostname
assert_nothing_left

# Switched on again, it has its home as it was, and nothing writes there any more.
expect_status 0 testbed power-on h0
before=$(ssh -n h0 wc -l beats)
sleep 0.2
expect_equal "$(ssh -n h0 wc -l beats)" "$before" 'what is in the home of h0'
assert_nothing_left
