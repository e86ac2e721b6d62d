#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Starts the skyrun that came in a tarball. A C library that it cannot run with is told in words; the loader would name
# versions of symbols, and a shell a file that is there.
prefix=$(readlink -f "$0") && prefix=${prefix%/bin/*} || exit 1
needed=@GLIBC@

complain() {
  echo "skyrun: error: this skyrun needs glibc $needed or later, and $1: take one that was built on an older system" >&2
  exit 1
}

[ -e "@LOADER@" ] || complain "this system has another C library than glibc"
found=$(getconf GNU_LIBC_VERSION 2>/dev/null) # "glibc 2.36"; nothing where there is no getconf: then we try
found=${found#glibc }
if [ -n "$found" ] && [ "${found%%.*}" -eq "${needed%%.*}" ]; then
  minor=${found#*.}
  [ "${minor%%.*}" -ge "${needed#*.}" ] || complain "this system has $found"
fi
exec "$prefix/libexec/skyrun/skyrun" "$@"
