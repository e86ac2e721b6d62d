#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh PROGRAM CORPUS SECONDS: a fuzz program over its kept inputs, then over new ones for that long.
# What breaks it is kept in the build directory and named; new inputs that only reach new code are not
# kept, and nothing is written elsewhere.
set -euo pipefail
program=$1 corpus=$2 seconds=${SKYRUN_FUZZ_SECONDS:-$3}
directory=$(dirname "$program")/../fuzz/$(basename "$program")
findings=$directory/findings
rm -rf "$directory/new" "$directory/tmp"
mkdir -p "$findings" "$directory/new" "$directory/tmp"
trap 'rm -rf "$directory/new" "$directory/tmp"' EXIT

status=0
TMPDIR=$directory/tmp "$program" -max_total_time="$seconds" -rss_limit_mb=512 -timeout=5 -verbosity=0 \
  -print_final_stats=1 -artifact_prefix="$findings/" "$directory/new" "$corpus" || status=$?
[ "$status" = 0 ] || echo "what broke it is in $findings; a fixed one belongs in $corpus" >&2
exit "$status"
