#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# An ssh that writes down how it is called.
mkdir "$SCRATCH/bin"
cat >"$SCRATCH/bin/ssh" <<PROGRAM
#!/bin/bash
echo "\$*" >>$SCRATCH/calls
exec /usr/bin/ssh "\$@"
PROGRAM
chmod +x "$SCRATCH/bin/ssh"
PATH=$SCRATCH/bin:$PATH

# expect_questions N: that many were asked for h0 to h63 in a dry run.
expect_questions() {
  : >"$SCRATCH/calls"
  expect_status 0 skyrun --dryrun --num-nodes 64 --host "$(seq -s, -f 'h%g' 0 63)" -- true
  expect_equal "$(grep -c -- -G "$SCRATCH/calls")" "$1" 'number of questions'
}
expect_questions 0
printf '%s\n' 'Host elsewhere*' ' HostName x' 'Host *' ' ServerAliveInterval 5' >~/.ssh/config
expect_questions 0
printf '%s\n' 'Host h*' ' User root' >~/.ssh/config
expect_questions 2
printf '%s\n' 'Host h7' ' HostName x' >~/.ssh/config
expect_questions 2
