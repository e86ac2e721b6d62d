#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Placement of 100,000 ranks on 5,000 nodes. $SKYRUN_BUILD is the build directory (build).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${SKYRUN_BUILD:-$here/../../build}
ninja -C "$build" --quiet map_bench
exec "$build/bin/map_bench"
