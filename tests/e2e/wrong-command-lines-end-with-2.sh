#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# refused TEXT ARGUMENT...: a usage error of one line that has TEXT, and nothing was done.
refused() {
  local text=$1
  shift
  expect_status 2 skyrun "$@"
  expect_equal "$(wc -l <"$STDERR")" 1 'the number of lines'
  expect_text 'skyrun: error: ' "$STDERR"
  expect_text "$text" "$STDERR"
  expect_equal "$(<"$STDOUT")" '' 'standard output'
}
refused --no-such-option --no-such-option -- true
refused --local --local 0 -- true
refused --local --local 2 --hostfile hosts -- true
refused --local --local 2 --host a,b -- true
refused "--launch: 'sideways' is none of auto, tree, flat" --launch sideways -- true
refused --tree-arity --tree-arity 0 -- true
refused --grace --grace -1 -- true
refused --start-timeout --start-timeout soon -- true
refused --num-nodes --num-nodes many -- true
refused --env --env
refused --output --output json -- true
refused "--output: 'xml' is none of text, json" --dryrun --output xml -- true
refused "--personality: 'mpich' is none of ompi5, ompi4" --personality mpich -- true
refused "--gpu-visibility: 'some' is none of all, own" --gpu-visibility some -- true
refused "--map-by ppr: ppr needs a number and an object" --map-by ppr -- true
refused '--config: nowhere: expected key.path=value, or a file' --config nowhere -- true
[[ ! -e ~/.skyrun && ! -e ~/sky_logs ]] || fail 'it left something in the home'

expect_status 0 skyrun --help
expect_text 'TASK.yaml' "$STDOUT"
expect_status 0 skyrun --version
