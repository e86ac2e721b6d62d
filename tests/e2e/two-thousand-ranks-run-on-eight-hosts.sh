#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 8
# seconds: 300
# shellcheck disable=SC2016 # for the shells of the ranks
. "$(dirname "$0")/lib.sh"

sed 's/$/ slots=250/' "$HOSTFILE" >"$SCRATCH/slots"
cd "$SCRATCH"
expect_status 0 skyrun -n 2000 --hostfile slots --bind-to none -- sh -c 'echo "$SKYRUN_RANK $SKYRUN_LOCAL_RANK $SKYPILOT_NODE_RANK"'
expect_equal "$(sed 's/^[^)]*) //' "$STDOUT" | sort -n | md5sum)" \
  "$(for ((i = 0; i < 2000; ++i)); do echo "$i $((i % 250)) $((i / 250))"; done | md5sum)" 'what 2000 ranks say'

# In turns over the nodes; one of them fails, and is named with its node.
expect_status 9 timeout 200 skyrun -n 800 --hostfile slots --map-by node --bind-to none -- \
  sh -c '[ $SKYRUN_RANK != 403 ] || exit 9; exec sleep 300'
expect_line 'skyrun: error: rank 403 on h3: exit code 9' "$STDERR"

# Where this was typed is on no other host.
here=$(mktemp -d -p "$HOME")
cd "$here"
expect_status 0 skyrun -n 2 --host h1,h2 -- pwd
expect_text "$here is not here: ranks start in" "$STDERR"
