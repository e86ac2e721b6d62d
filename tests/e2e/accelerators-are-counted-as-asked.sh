#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
setup: echo "${CUDA_VISIBLE_DEVICES-unset} $SKYPILOT_SETUP_NUM_GPUS_PER_NODE"
run: echo "${CUDA_VISIBLE_DEVICES-unset} $SKYPILOT_NUM_GPUS_PER_NODE"
TASK
# counts SETUP RUN ARGUMENT...: what a rank sees of its devices and their number in both stages.
counts() {
  local setup=$1 run=$2
  shift 2
  # The devices of whoever starts it are not those of the job.
  expect_status 0 env CUDA_VISIBLE_DEVICES=5 skyrun --local 1 --skip-resource-check "$@" "$TASK"
  expect_line "(setup pid=N) $setup" <(without_pids)
  expect_line "(task, pid=N) $run" <(without_pids)
}
counts 'unset 0' ' 0'
counts 'unset 8' '0,1,2,3,4,5,6,7 8' --gpus A100:8
counts 'unset 1' '0 1' --gpus T4
counts 'unset 1' '0 1' --gpus T4:0.2
counts 'unset 2' '0,1 2' --gpus T4:1.5
counts 'unset 8' ' 0' --gpus tpu-v2-8:8
