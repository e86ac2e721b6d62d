#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Tries what package.sh made on a clean Debian 12, made here as a folder: the tarball with nothing installed, then the
# package, installed with apt. Needs root, mmdebstrap and a mirror of Debian (MIRROR; by default this system's).
#
#     packaging/try.sh [BUILD]
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
package=$(cd "${1:-$root/build}/package" && pwd)
clean=$(mktemp -d)
trap 'umount "$clean/proc" 2>/dev/null || true; rm -rf --one-file-system "$clean"' EXIT

inside() { chroot "$clean" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root USER=root LANG=C.UTF-8 "$@"; }

# try WHAT SKYRUN: two ranks, bound, and what they print.
try() {
  local lines
  # shellcheck disable=SC2016  # the rank's own
  lines=$(inside "$2" --local 2 --quiet --map-by slot --bind-to none -- 'echo "rank $SKYPILOT_NODE_RANK"' | sort)
  if [ "$(grep -c 'rank [01]$' <<<"$lines")" != 2 ]; then
    printf 'try: %s does not run:\n%s\n' "$1" "$lines" >&2
    exit 1
  fi
  inside "$2" topo | head -n 1
  echo "ok      $1"
}

mmdebstrap --variant=minbase --quiet bookworm "$clean" ${MIRROR:+"$MIRROR"}
mount -t proc proc "$clean/proc"

tar -C "$clean/opt" -xzf "$package"/skyrun-*.tar.gz
name=$(basename "$clean"/opt/skyrun-*)
try "the tarball, in /opt" "/opt/$name/bin/skyrun"
mkdir -p "$clean/srv/any folder"
mv "$clean/opt/$name" "$clean/srv/any folder/skyrun"
try "the tarball, in another folder" "/srv/any folder/skyrun/bin/skyrun"
rm -r "$clean/srv/any folder"

cp "$package"/skyrun_*.deb "$clean/tmp/skyrun.deb"
inside apt-get install -y -qq --no-install-recommends /tmp/skyrun.deb >/dev/null
try "the package" /usr/bin/skyrun
inside dpkg --remove skyrun >/dev/null
if inside ls -d /usr/bin/skyrun /usr/libexec/skyrun 2>/dev/null; then exit 1; fi
echo "ok      the package, removed"
