#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# chaos.sh [OPTION...]: the fault matrix behind docs/reliability.md. Every process of a job of eight hosts, and its
# hosts and links, is killed, stopped, cut or powered off at every stage. Ends with 1 where a row is wrong.
set -euo pipefail
cd "$(dirname "$0")"
build=${SKYRUN_BUILD:-$PWD/../../build}
exec ../testbed/world --hosts 8 --visible "$build" -- env SKYRUN_BUILD="$build" python3 chaos "$@"
