#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tidy.sh FILE.cpp: clang-tidy, for a file that has changed since it was last found clean, or whose project headers
# have. It takes seconds a file, so what is clean is remembered (in $XDG_CACHE_HOME, by content).
set -euo pipefail
cd "$(dirname "$0")/.."
file=$1

# All that the verdict depends on: the rules, the flags, the file and what it includes of ours.
key() {
  local flags=(-std=c++20 -I. -isystem build/protocol) headers sources
  headers=$(clang++-14 "${flags[@]}" -M -MT '' "$file" | tr -d '\\:')
  mapfile -t sources < <(tr ' ' '\n' <<<"$headers" | grep '^[^/]' | grep -v '^build/' | sort -u)
  [[ $headers != *.pb.h* ]] || sources+=(protocol/*.proto)
  cat .clang-tidy cmake/toolchain.cmake "${sources[@]}" | sha256sum | cut -d ' ' -f 1
}

clean=${XDG_CACHE_HOME:-$HOME/.cache}/skyrun-tidy/$(key)
[[ ! -e $clean ]] || exit 0
clang-tidy-14 -p build --quiet "$file" 2> >(grep -vE 'warnings?( and [0-9]+ errors?)? generated|^Error while processing' >&2)
mkdir -p "$(dirname "$clean")"
touch "$clean"
