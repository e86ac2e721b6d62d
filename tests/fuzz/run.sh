#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh PROGRAM CORPUS SECONDS [OPTION...]: a fuzz program over its kept inputs, then over new ones for that long.
# What breaks it is kept in the build directory and named; new inputs that only reach new code are not
# kept, and nothing is written elsewhere.
set -euo pipefail
program=$1 corpus=$2 seconds=${SKYRUN_FUZZ_SECONDS:-$3}
limit=(-max_total_time="$seconds")
((seconds > 0)) || limit=(-runs=0)
directory=$(dirname "$program")/../fuzz/$(basename "$program")
findings=$directory/findings
rm -rf "$directory/new" "$directory/tmp"
mkdir -p "$findings" "$directory/new" "$directory/tmp"
trap 'rm -rf "$directory/new" "$directory/tmp"' EXIT

status=0
# Freed memory is kept for a while by the sanitizer: little of it, so that the limit is on the program's own.
ASAN_OPTIONS=quarantine_size_mb=16 TMPDIR=$directory/tmp "$program" "${limit[@]}" -rss_limit_mb=512 -timeout=10 -verbosity=0 "${@:4}" \
  -print_final_stats=1 -artifact_prefix="$findings/" "$directory/new" "$corpus" || status=$?
[ "$status" = 0 ] || echo "what broke it is in $findings; a fixed one belongs in $corpus" >&2
exit "$status"
