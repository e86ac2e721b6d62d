#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# What each system puts into a job's environment. Slurm's and Flux's tools print the hosts here as there.
mkdir "$SCRATCH/bin"
printf '%s\n' '#!/bin/bash' '[[ $* == "show hostnames h[0-1]" ]] && printf "%s\n" h0 h1' >"$SCRATCH/bin/scontrol"
printf '%s\n' '#!/bin/bash' '[[ $* == "hostlist -e -d, local" ]] && echo h0,h1' >"$SCRATCH/bin/flux"
chmod +x "$SCRATCH"/bin/*
PATH=$SCRATCH/bin:$PATH
printf '%s\n' h0 h0 h1 h1 >"$SCRATCH/nodes"
printf '%s\n' 'h0 2 all.q <NULL>' 'h1 2 all.q <NULL>' >"$SCRATCH/pe"

# expect_told SYSTEM VARIABLE...: in a job of it skyrun refuses, and does what it names.
expect_told() {
  local system=$1 words
  shift
  expect_status 1 env "$@" skyrun --num-nodes 2 -- true
  expect_text "skyrun: error: this is a $system job" "$STDERR"
  words=$(sed -n 's/.*name them, with \(.*\); or --local 2 .*/\1/p' "$STDERR")
  expect_status 0 env "$@" bash -c "skyrun --num-nodes 2 $words -- 'echo on \$(hostname)'"
  expect_line 'on h1' <(lines_of 1)
  expect_status 0 env "$@" skyrun --num-nodes 2 --local 2 -- true
}
expect_told 'Slurm' SLURM_JOB_ID=7 SLURM_JOB_NUM_NODES=2 'SLURM_JOB_NODELIST=h[0-1]'
expect_text 'Job finished (status: SUCCEEDED)' "$STDOUT"
expect_told 'PBS' PBS_JOBID=7 "PBS_NODEFILE=$SCRATCH/nodes"
expect_told 'LSF' LSB_JOBID=7 "LSB_DJOB_HOSTFILE=$SCRATCH/nodes"
expect_told 'OAR' OAR_JOB_ID=7 "OAR_NODEFILE=$SCRATCH/nodes"
expect_told 'Cobalt' COBALT_JOBID=7 "COBALT_NODEFILE=$SCRATCH/nodes"
expect_told 'Grid Engine' JOB_ID=7 "PE_HOSTFILE=$SCRATCH/pe"
expect_told 'Flux' FLUX_JOB_ID=f7 FLUX_JOB_NNODES=2

# A job of one node is this machine.
expect_status 0 env SLURM_JOB_ID=7 SLURM_JOB_NUM_NODES=1 skyrun -- true
expect_status 1 env SLURM_JOB_ID=7 SLURM_JOB_NUM_NODES=4 skyrun -- true
expect_text 'job of 4 nodes' "$STDERR"

# A hostfile is what --host chooses from.
printf '%s\n' h0 'h1 slots=4' >"$HOSTFILE"
# shellcheck disable=SC2016
expect_status 0 on_hosts --host H1 --num-nodes 1 -- 'echo "on $(hostname)"'
expect_text 'on h1' "$STDOUT"
expect_status 1 on_hosts --host h11 --num-nodes 1 -- true
expect_text "--host: h11 is not in the hostfile $HOSTFILE; did you mean h1?" "$STDERR"
