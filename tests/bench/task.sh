#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Parsing and resolving a task file of 2,000 lines, in one process: the median and the worst of 50 runs, for a
# file of long scripts, one of 2,000 variables, and one of 100 tasks. The target is 20 ms.
#
#     tests/bench/task.sh
#
# $SKYRUN_BUILD is the build directory (build). Ends with 1 where a median is over the target.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${SKYRUN_BUILD:-$here/../../build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
  printf 'name: scripts\nnum_nodes: 2\nresources: {accelerators: "A100:8", cpus: 4+}\nsetup: |\n'
  for ((i = 0; i < 1000; ++i)); do echo "  pip install package$i # why: \"because\" ? 'yes' : no"; done
  printf 'run: |\n'
  # shellcheck disable=SC2016  # variables of the task's shell
  for ((i = 0; i < 995; ++i)); do echo "  torchrun --nnodes=\$SKYPILOT_NUM_NODES train.py --step=$i"; done
} >"$work/scripts.yaml"
{
  printf 'name: variables\nrun: echo\nenvs:\n'
  for ((i = 0; i < 1000; ++i)); do echo "  NAME_$i: \"value $i\""; done
  printf 'file_mounts:\n'
  # shellcheck disable=SC2016  # variables of the task's own
  for ((i = 0; i < 996; ++i)); do echo "  /data/\${NAME_$i}: ~/data/\$NAME_$i/file"; done
} >"$work/variables.yaml"
{
  echo 'name: tasks'
  for ((i = 0; i < 100; ++i)); do
    cat <<TASK
---
name: task$i
num_nodes: 2
resources:
  cpus: 4+
  memory: 16+
  any_of:
    - {accelerators: "A100:8", infra: aws}
    - {accelerators: "H100:8", infra: gcp}
envs:
  A: 1e-6
  B: 12:30:45
  C: yes
setup: |
  echo setup
  echo \$A
run: |
  echo run
  echo \$B
TASK
  done
} >"$work/tasks.yaml"
"$build/bin/task_bench" 20 "$work"/{scripts,variables,tasks}.yaml
