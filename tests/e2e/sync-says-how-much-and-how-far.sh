#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

mkdir "$SCRATCH/files"
for i in 1 2 3; do head -c 3000000 /dev/urandom >"$SCRATCH/files/$i"; done
expect_status 0 skyrun --verbose --local 2 --workdir "$SCRATCH/files" -- true
grep -E '^skyrun: [0-9.]+ s: sync ' "$STDERR" >"$SCRATCH/steps"
grep -qE 'sync 0/2, [0-9.]+ [KM]?B of 9\.0 MB, .*file [1-3] of 3, waiting for node[01]' "$SCRATCH/steps" ||
  fail "no step says how far the files are: $(<"$SCRATCH/steps")"
grep -qE 'sync (1|2)/2' "$SCRATCH/steps" || fail "no step says who has them: $(<"$SCRATCH/steps")"
