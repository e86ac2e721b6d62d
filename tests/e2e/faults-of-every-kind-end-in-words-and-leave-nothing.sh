#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 8
# seconds: 600
. "$(dirname "$0")/lib.sh"

# A part of the fault matrix: each victim, fault and stage at least once. All of it is `./dev bench --chaos`.
expect_status 0 python3 "$CHECKOUT/tests/bench/chaos" --quick
