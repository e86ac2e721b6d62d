#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes a Debian package and a tarball of what is built, in OUT, by default BUILD/package. Both need of a system only its C library: the
# package says which in its dependencies, in the tarball skyrun is started by start.sh, which says it in words.
#
#     packaging/package.sh [BUILD [OUT]]
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-$root/build}" && pwd)
out=${2:-$build/package}
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")

rm -rf "$out"
mkdir -p "$out"

# The newest glibc that a program asks for, "2.36".
glibc_of() { objdump -T "$@" | grep -o 'GLIBC_2[0-9.]*' | sort -V | tail -n 1 | cut -d_ -f2; }

loader_of() { readelf -l "$1" | sed -n 's/.*program interpreter: \(.*\)\]/\1/p'; }

debian() {
  local stage=$out/debian arch
  arch=$(dpkg --print-architecture)
  DESTDIR=$stage cmake --install "$build" --prefix /usr --strip >/dev/null
  gzip -9n "$stage"/usr/share/man/man*/*
  install -D -m 644 "$root/LICENSE" "$stage/usr/share/doc/skyrun/copyright"
  mkdir "$stage/DEBIAN"
  cat >"$stage/DEBIAN/control" <<CONTROL
Package: skyrun
Version: $version
Architecture: $arch
Section: net
Priority: optional
Maintainer: the skyrun authors <skyrun@localhost>
Installed-Size: $(du -sk "$stage/usr" | cut -f1)
Depends: libc6 (>= $(glibc_of "$stage/usr/bin/skyrun" "$stage/usr/libexec/skyrun/skyrund"))
Recommends: openssh-client
Suggests: git
Description: run one job on many machines
 skyrun takes a SkyPilot task, starts a small daemon on each node over ssh,
 copies the files, runs setup and run with a barrier between them, streams the
 output, and leaves nothing behind.
CONTROL
  dpkg-deb --root-owner-group --build "$stage" "$out/skyrun_${version}_$arch.deb" >/dev/null
  rm -r "$stage"
}

tarball() {
  local name stage
  name=skyrun-$version-linux-$(uname -m)
  stage=$out/$name
  cmake --install "$build" --prefix "$stage" --strip >/dev/null
  mv "$stage/bin/skyrun" "$stage/libexec/skyrun/skyrun"
  sed -e "s|@GLIBC@|$(glibc_of "$stage"/libexec/skyrun/*)|" -e "s|@LOADER@|$(loader_of "$stage/libexec/skyrun/skyrun")|" \
    "$root/packaging/start.sh" >"$stage/bin/skyrun"
  chmod 755 "$stage/bin/skyrun"
  cp "$root/LICENSE" "$stage"
  tar -C "$out" --owner=0 --group=0 -czf "$out/$name.tar.gz" "$name"
  rm -r "$stage"
}

if command -v dpkg-deb >/dev/null; then debian; else echo "package: no dpkg-deb here: only the tarball is made" >&2; fi
tarball
find "$out" -maxdepth 1 -type f
