#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# world: --full-disk 1:2M
. "$(dirname "$0")/lib.sh"

expect_status 0 ssh -n h0 dd if=/dev/zero of=big bs=1M count=5
expect_status 1 ssh -n h1 dd if=/dev/zero of=big bs=1M count=5
expect_text 'No space left on device' "$STDERR"
