#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/liar.sh"

lied h2 garbage
expect_blamed h2 'it sent a message out of bounds: it does not parse'
lied h1 garbage-for-the-client
expect_blamed h1 'it sent a message out of bounds: it does not parse'
lied h2 StartFailedByNobody
expect_text 'skyrun: error: h2: node lost: it sent StartFailed ' "$STDERR"
lied h2 HelloWithLines
expect_blamed h2 'it sent a message out of bounds: Hello.facts.address: no address'
lied h1 a-long-text --launch flat
expect_blamed h1 'it sent a message out of bounds: Notice.text: more than 4096 bytes'

lied h1 version --launch flat
expect_text 'skyrun: error: h1: starting skyrund: runs skyrun 0.0.9, the client ' "$STDERR"
expect_text '; install the same one at ' "$STDERR"
lied h0 version
expect_text 'skyrun: error: h0: starting skyrund: runs skyrun 0.0.9, the client ' "$STDERR"

# What the person sends is bounded before anything starts.
head -c 17000000 /dev/zero | tr '\0' x | sed 's/^/LARGE=/' >"$SCRATCH/env"
expect_status 1 on_hosts --env-file "$SCRATCH/env" -- true
expect_text 'skyrun: error: ' "$STDERR"
expect_no_text 'submitted' "$STDOUT"
