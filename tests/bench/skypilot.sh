#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Where skyrun and SkyPilot's own parser read a task differently: all of tests/data and $SHARED, less what
# docs/skypilot-differences.md explains. Installs SkyPilot with pip into build/skypilot first.
#
#     tests/bench/skypilot.sh [TABLE | YAML]...
#
# $SKYRUN_BUILD is the build directory (build). Ends with 1 where a difference is not explained.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${SKYRUN_BUILD:-$root/build}
venv=$build/skypilot
shared=${SHARED:-$root/../shared/cases/tasks}

if [[ ! -x $venv/bin/sky ]]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet skypilot
fi
inputs=("$@")
if ((!${#inputs[@]})); then
  inputs=("$root"/tests/data/task/*.t?? "$root"/tests/data/tasks/*.yaml generated)
  [[ ! -d $shared ]] || inputs+=("$shared"/*.yaml)
fi
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
echo "SkyPilot $("$venv/bin/pip" show skypilot 2>/dev/null | sed -n 's/^Version: //p')"
HOME=$home PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$root/tests/compare/compare.py" \
  "$build/bin/task_dump" "$root/docs/skypilot-differences.md" "${inputs[@]}" 2>"$home/messages" || {
  status=$?
  grep -v 'Failed to fetch\|Loaded Job Group\|Missing runtime_version' "$home/messages" >&2 || true
  exit "$status"
}
