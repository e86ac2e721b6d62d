#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 1
. "$(dirname "$0")/lib.sh"

expect_status 0 skyrun topo --host h0 --output=json
python3 - "$STDOUT" <<'PYTHON'
import json, os, sys
machine = json.load(open(sys.argv[1]))
assert machine["pus"] == len(os.sched_getaffinity(0)), machine
assert machine["accelerators"] == {} and machine["gpus"] == [], machine
PYTHON

expect_status 2 skyrun topo --host h0 --xml machine.xml
grep -q 'topo: --host or --xml, not both' "$STDERR"

expect_status 1 skyrun topo --xml /nowhere.xml
grep -q '/nowhere.xml: No such file' "$STDERR"

expect_status 2 skyrun topo --place 2 --policy nowhere
grep -q -e "--policy nowhere: 'nowhere' is none of slot" "$STDERR"

# Its picture is kept here, whole or not at all.
expect_status 0 skyrun topo --host h0 --place 1 --policy slot --svg "$SCRATCH/h0.svg"
expect_text '</svg>' "$SCRATCH/h0.svg"
expect_equal "$(cat "$STDOUT")" '' 'standard output'
expect_status 1 skyrun topo --host h0 --svg "$SCRATCH/nowhere/h0.svg"
expect_line "skyrun: error: $SCRATCH/nowhere/h0.svg: No such file or directory" "$STDERR"
expect_status 1 skyrun topo --svg /dev/full
expect_line 'skyrun: error: /dev/full: No space left on device' "$STDERR"
expect_status 255 skyrun topo --host nowhere --svg "$SCRATCH/nowhere.svg"
expect_text 'nowhere' "$STDERR"
[[ ! -e $SCRATCH/nowhere.svg ]] || fail 'half a picture was kept'
