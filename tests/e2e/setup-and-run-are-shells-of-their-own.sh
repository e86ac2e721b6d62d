#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# What a login of a user with conda looks like: an edited ~/.bashrc that stops where nobody types,
# a function called conda, and functions that come with it.
for host in h0 h1; do
  ssh "$host" 'mkdir -p conda/etc/profile.d && cat >conda/etc/profile.d/conda.sh' <<'CONDA'
activate_probe() { echo "activated $1"; }
CONDA
  ssh "$host" 'cat >.bashrc' <<'BASHRC'
case $- in *i*) ;; *) return ;; esac
conda() { [ "$1 $2" != "info --base" ] || echo ~/conda; }
export ORIGIN=bashrc
export FROM_BASHRC=seen
alias aliased='echo an alias'
exported() { echo a function; }
export -f exported
echo read >>~/times
BASHRC
done

write_task <<'TASK'
num_nodes: 2
envs:
  ORIGIN: task
setup: |
  own=variable
  export EXPORTED=variable
  cd /
  echo "export EDITED=by-setup-$SKYPILOT_NODE_RANK" >>~/.bashrc
  false
  echo goes on
run: |
  echo "own=$own EXPORTED=$EXPORTED"
  echo "EDITED=$EDITED ORIGIN=$ORIGIN FROM_BASHRC=$FROM_BASHRC"
  bash -c 'activate_probe env'
  aliased
  bash -c exported
  echo "read $(wc -l <~/times) times"
  pwd
  readlink /proc/self/fd/0
  cat
  tty
  echo "interactive: $-"
  [ "$(ps -o sid= -p $$)" -eq $$ ] && echo leads its session
  false
  echo ends well
TASK
expect_status 0 on_hosts "$TASK"
expect_equal "$(grep -c 'goes on' "$STDOUT")" 2 'the number of setups that went on after a failure'
for rank in 0 1; do
  lines_of $rank >"$SCRATCH/rank"
  expect_line 'own= EXPORTED=' "$SCRATCH/rank"
  expect_line "EDITED=by-setup-$rank ORIGIN=task FROM_BASHRC=seen" "$SCRATCH/rank"
  expect_line 'activated env' "$SCRATCH/rank"
  expect_line 'an alias' "$SCRATCH/rank"
  expect_line 'a function' "$SCRATCH/rank"
  expect_line 'read 2 times' "$SCRATCH/rank" # once a stage
  expect_line ~/sky_workdir "$SCRATCH/rank"
  expect_line /dev/null "$SCRATCH/rank"
  expect_line 'not a tty' "$SCRATCH/rank"
  expect_text 'interactive: hi' "$SCRATCH/rank"
  expect_line 'leads its session' "$SCRATCH/rank"
  expect_line 'ends well' "$SCRATCH/rank"
done
expect_no_text 'job control' "$STDOUT"

# The last command counts, and an early exit of setup is one.
write_task <<'TASK'
setup: |
  exit 0
  exit 1
run: |
  true
  false
TASK
expect_status 100 on_hosts "$TASK"
expect_line '✗ Job finished (status: FAILED).' "$STDOUT"
expect_text 'return code list: [1]' "$STDOUT"
