#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/liar.sh"

# What one node of a job can ask of the client, from each place, and what the client starts for it.
lied h2 Adopt --launch flat
expect_blamed h2 'it sent Adopt, which only the head may say'
expect_equal "$(sort "$STARTED" | paste -sd' ')" 'h0 h1 h2' "what was started from here"

lied h2 a-node-to-run
expect_text 'skyrun: error: h2: node lost: it sent ' "$STDERR"
expect_equal "$(<"$STARTED")" h0 "what was started from here"

# The head itself may give nodes of the job away, in auto mode, and no others.
lied h0 Adopt --launch tree
expect_blamed h0 'it sent Adopt, which --launch forbids'
lied h0 AdoptOfItself
expect_blamed h0 'it sent Adopt of node 0, which it may not give away'
lied h0 AdoptOfNobody
expect_blamed h0 'it sent Adopt of node 77, which it may not give away'
expect_equal "$(<"$STARTED")" h0 "what was started from here"

# Nor may it change what the nodes that the client started run, or send them files.
lied h0 Prepare --launch flat
expect_blamed h0 'it changed the job'
lied h0 SyncBegin --launch flat
expect_blamed h0 'it sent SyncBegin, which only the client may say'
lied h0 Placed
expect_blamed h0 'it placed another job than ours'
lied h0 Submit
expect_blamed h0 'it sent something for the head away from it'
