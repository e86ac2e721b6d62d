#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The man pages format without a complaint, and skyrun(1) has the options of --help, no more, no less.
set -euo pipefail
cd "$(dirname "$0")/../.."

for page in docs/man/*.scd; do
  scdoc <"$page" | mandoc -T lint -W error >/dev/null
done

options() { grep -oE -- '(^|[ ,*(])--[a-z][a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u; }

in_page=$(grep -E '^\*-' docs/man/skyrun.1.scd | options)
in_help=$(build/bin/skyrun --help | grep -E '^ +-' | options)
if ! diff <(echo "$in_page") <(echo "$in_help") >/dev/null; then
  echo "docs/man/skyrun.1.scd (<) and skyrun --help (>) differ:" >&2
  diff <(echo "$in_page") <(echo "$in_help") | grep '^[<>]' >&2
  exit 1
fi
