#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# needs_only_libc PROGRAM
needs_only_libc() {
  local others
  others=$(readelf -d "$1" | sed -n 's/.*Shared library: \[\(.*\)\]/\1/p' | grep -vE '^(libc|libm|ld-linux.*)\.so\.' || true)
  expect_equal "$others" '' "what $(basename "$1") needs besides"
}

runs() {
  expect_status 0 env -i PATH=/usr/bin:/bin HOME="$HOME" USER=root "$@" --local 2 --display map -- 'echo has run'
  expect_text 'map-by slot' "$STDOUT"
  expect_equal "$(lines_of 1)" 'has run' 'what rank 1 printed'
}

"$CHECKOUT/packaging/package.sh" "$SKYRUN_BUILD" "$SCRATCH/package" >"$STDOUT"
mkdir "$SCRATCH/a folder" "$SCRATCH/debian"
tar -C "$SCRATCH/a folder" -xzf "$SCRATCH"/package/skyrun-*.tar.gz
unpacked=$(echo "$SCRATCH/a folder"/skyrun-*)
needs_only_libc "$unpacked/libexec/skyrun/skyrun"
needs_only_libc "$unpacked/libexec/skyrun/skyrund"
(($(stat -c %s "$unpacked/libexec/skyrun/skyrun") < 20 << 20)) || fail 'symbols are left in it'
runs "$unpacked/bin/skyrun"
ln -s "$unpacked/bin/skyrun" "$SCRATCH/skyrun"
runs "$SCRATCH/skyrun"
expect_status 100 "$SCRATCH/skyrun" --local 1 -- 'exit 7' # its exit code is the program's

# A C library that is older, or another, is told in words before the loader speaks of symbols.
sed -i 's/^needed=.*/needed=2.999/' "$unpacked/bin/skyrun"
expect_status 1 "$SCRATCH/skyrun" topo
found=$(getconf GNU_LIBC_VERSION)
expect_line "skyrun: error: this skyrun needs glibc 2.999 or later, and this system has ${found#glibc }: take one that was built on an older system" "$STDERR"
sed -i 's|^\[ -e "[^"]*"|[ -e "/nowhere"|' "$unpacked/bin/skyrun"
expect_status 1 "$SCRATCH/skyrun" topo
expect_text 'this system has another C library than glibc' "$STDERR"

command -v dpkg-deb >/dev/null || exit 0
dpkg-deb -x "$SCRATCH"/package/skyrun_*.deb "$SCRATCH/debian"
runs "$SCRATCH/debian/usr/bin/skyrun"
expect_equal "$(dpkg-deb -f "$SCRATCH"/package/skyrun_*.deb Depends | sed 's/[0-9.]*)$/N)/')" 'libc6 (>= N)' 'what it depends on'
