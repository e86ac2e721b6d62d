#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 1
# world: --user alice
. "$(dirname "$0")/lib.sh"

# Where alice may not write sudo is asked; this one leaves a process with the descriptors that it got.
ssh -n h0 'mkdir bin; echo "PATH=~/bin:\$PATH" >.bashrc; touch bin/sudo; chmod +x bin/sudo'
ssh h0 'cat >bin/sudo' <<'SUDO'
#!/bin/bash
setsid sleep 1000 &
echo asked >>~/asked
SUDO
echo x >"$SCRATCH/data"
write_task <<TASK
file_mounts:
  /missing/data: $SCRATCH/data
run: echo ran
TASK
expect_status 0 timeout 60 skyrun --hostfile "$HOSTFILE" "$TASK"
expect_text "ran" "$STDOUT"
ssh -n h0 'test -s asked' || fail 'sudo was not asked'
assert_nothing_left
