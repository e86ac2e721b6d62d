#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

ssh -n h0 'sleep 0.5; echo came through' >"$SCRATCH/said" &
connection=$!
expect_status 0 testbed cut h0
expect_status 255 ssh -n -o ConnectTimeout=1 h0 true
expect_text 'Connection timed out' "$STDERR"
expect_status 0 ssh -n h1 true

# What was sent meanwhile arrives once the link is back.
expect_status 0 testbed restore h0
wait "$connection" || fail 'the connection did not outlive the cut'
expect_line 'came through' "$SCRATCH/said"

# A silent sshd accepts the connection and never says a word.
expect_status 0 testbed silence h0
expect_status 255 ssh -n -o ConnectTimeout=1 h0 true
expect_text 'during banner exchange' "$STDERR"
expect_status 0 testbed unsilence h0
expect_status 0 ssh -n h0 true
assert_nothing_left
