#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# Both ways are gone: skyrun starts skyrund, which has skyrun look at the machine.
runs() {
  expect_status 0 "$@" --local 2 --display map -- 'echo has run'
  expect_text 'map-by slot, rank-by slot, bind-to none' "$STDOUT"
  expect_equal "$(lines_of 1)" 'has run' 'what rank 1 printed'
}

prefix="$SCRATCH/any folder"
cmake --install "$SKYRUN_BUILD" --prefix "$prefix" >"$STDOUT"
for file in libexec/skyrun/skyrund share/man/man1/skyrun.1 share/man/man8/skyrund.8; do
  [[ -s $prefix/$file ]] || fail "not installed: $file"
done
PATH=/usr/bin:/bin
runs "$prefix/bin/skyrun"

# A prefix may be moved, and be reached by a link.
mv "$prefix" "$SCRATCH/elsewhere"
ln -s elsewhere/bin/skyrun "$SCRATCH/skyrun"
runs "$SCRATCH/skyrun"

# Beside each other, as a build has them.
mkdir "$SCRATCH/beside"
mv "$SCRATCH/elsewhere/bin/skyrun" "$SCRATCH/elsewhere/libexec/skyrun/skyrund" "$SCRATCH/beside"
runs "$SCRATCH/beside/skyrun"

rm "$SCRATCH/beside/skyrund"
expect_status 1 "$SCRATCH/beside/skyrun" --local 1 -- true
expect_text "no skyrund belongs to $SCRATCH/beside/skyrun: install both together" "$STDERR"
