#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The man pages format without a complaint, and skyrun(1) has the options of --help, no more, no less.
set -euo pipefail
cd "$(dirname "$0")/../.."
skyrun=${SKYRUN_BUILD:-build}/bin/skyrun

for page in docs/man/*.scd; do
  scdoc <"$page" | mandoc -T lint -W error >/dev/null
done

options() { grep -oE -- '(^|[[ ,*(])--?[a-z][a-z-]*' | grep -oE -- '--?[a-z][a-z-]*' | sort -u; }

# same NAME PAGE-OPTIONS HELP-OPTIONS
same() {
  diff <(echo "$2") <(echo "$3") >/dev/null && return
  echo "docs/man/skyrun.1.scd (<) and $1 (>) differ:" >&2
  diff <(echo "$2") <(echo "$3") | grep '^[<>]' >&2
  exit 1
}

# Of --help only the left column.
in_help() { "$skyrun" "$@" --help | sed -nE 's/^  (-.*)$/\1/p' | sed 's/  .*//' | options; }

same 'skyrun --help' "$(grep -E '^\*-' docs/man/skyrun.1.scd | options)" "$(in_help)"
same 'skyrun topo --help' "$({ grep -E '^\*skyrun topo\*' docs/man/skyrun.1.scd && echo ' -h --help'; } | options)" "$(in_help topo)"
