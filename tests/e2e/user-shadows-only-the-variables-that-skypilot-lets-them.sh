#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
num_nodes: 2
envs:
  SKYPILOT_NODE_IPS: mine
  SKYPILOT_NUM_NODES: mine
  SKYPILOT_TASK_ID: mine
  SKYPILOT_NODE_RANK: mine
  SKYPILOT_NUM_GPUS_PER_NODE: mine
  SKYPILOT_INTERNAL_JOB_ID: mine
  SKYPILOT_CLUSTER_INFO: mine
  SKYPILOT_USER: mine
  PYTHONUNBUFFERED: mine
run: env
TASK
expect_status 0 skyrun --local 2 "$TASK"
for rank in 0 1; do
  lines_of $rank >"$SCRATCH/rank"
  for name in NODE_IPS NUM_NODES TASK_ID; do expect_line "SKYPILOT_$name=mine" "$SCRATCH/rank"; done
  expect_no_text SKYPILOT_CLUSTER_INFO=mine "$SCRATCH/rank"
  expect_line PYTHONUNBUFFERED=mine "$SCRATCH/rank"
  expect_line "SKYPILOT_NODE_RANK=$rank" "$SCRATCH/rank"
  expect_line SKYPILOT_NUM_GPUS_PER_NODE=0 "$SCRATCH/rank"
  expect_line SKYPILOT_INTERNAL_JOB_ID=1 "$SCRATCH/rank"
  expect_line "SKYPILOT_USER=$(id -un)" "$SCRATCH/rank"
done

# The name and the logs of the job are its own, whatever the task id says.
expect_equal "$(cat ~/sky_logs/sky-*/run.log)" "$(<"$STDOUT")" 'the combined log'
