#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What must hold of the sources themselves. Called by ./dev check, which has built build/ first.
# shellcheck disable=SC2317  # the functions below are called by step()
set -uo pipefail
cd "$(dirname "$0")/.." || exit
status=0

# step NAME COMMAND...
step() {
  local name=$1
  shift
  if "$@"; then echo "ok      $name"; else echo "FAILED  $name" && status=1; fi
}

sources() { git ls-files -co --exclude-standard "$@"; }

formatted() { sources '*.h' '*.cpp' | xargs clang-format-14 --dry-run -Werror; }

tidy() {
  sources '*.cpp' | grep -v '^tests/fuzz/' |
    xargs -P "$(nproc)" -n 1 .ci/tidy.sh
}

# Includes go down only: core, protocol, then fabric with bringup on it and two beside it, then two.
layers() {
  local bad=0 part forbidden
  while read -r part forbidden; do
    [ -d "$part" ] || continue
    if grep -rnE "#include \"($forbidden)/" "$part" --include='*.h' --include='*.cpp'; then
      echo "$part must not include what stands above it or beside it" >&2
      bad=1
    fi
  done <<'RULES'
core protocol|topology|fabric|bringup|pmix_server|node_daemon|launcher
protocol topology|fabric|bringup|pmix_server|node_daemon|launcher
topology fabric|bringup|pmix_server|node_daemon|launcher
fabric topology|bringup|pmix_server|node_daemon|launcher
bringup topology|pmix_server|node_daemon|launcher
pmix_server topology|fabric|bringup|node_daemon|launcher
node_daemon launcher
launcher node_daemon
RULES
  # A library of others is known to one component, CLI11 and yaml-cpp to few files of it.
  while read -r header allowed; do
    if grep -rlE "#include <$header" --include='*.h' --include='*.cpp' \
      core protocol topology fabric bringup pmix_server node_daemon launcher 2>/dev/null | grep -vE "^($allowed)"; then
      echo "<$header…> belongs in $allowed" >&2
      bad=1
    fi
  done <<'RULES'
uv.h core/event_loop.cpp
hwloc topology/
rdma/ fabric/
pmix pmix_server/
CLI/ launcher/command_line.cpp
yaml-cpp launcher/task/
google/protobuf protocol/
RULES
  # fmt::print throws where nobody reads any more, and nothing catches that.
  if sources 'launcher/*' 'node_daemon/*' 'core/*' | grep -E '\.(cpp|h)$' | xargs grep -n 'fmt::print(\|std::cout\|std::cerr'; then
    echo "print by launcher/say.h" >&2
    bad=1
  fi
  return "$bad"
}

licensed() {
  local bad=0 file
  while read -r file; do
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || { echo "$file has no licence line" >&2 && bad=1; }
  done < <(sources '*.h' '*.cpp' '*.proto' '*.sh' 'dev')
  return "$bad"
}

scripts() { { sources '*.sh' 'tests/testbed/*' && echo dev; } | xargs grep -lE '^#!.*\b(ba)?sh' | xargs shellcheck -x; }

step format formatted
step layers layers
step licence licensed
step scripts scripts
[ ! -x docs/man/check.sh ] || step man docs/man/check.sh
step tidy tidy
exit "$status"
