#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

cpus=$(nproc)
write_task <<'TASK'
num_nodes: 2
resources: {cpus: 100000, memory: 1}
setup: touch ~/began
run: touch ~/began
TASK
expect_status 100 on_hosts "$TASK"
expect_equal "$(sort "$STDERR")" "skyrun: error: h0: asks for 100000 CPUs, has $cpus CPUs
skyrun: error: h1: asks for 100000 CPUs, has $cpus CPUs; --skip-resource-check runs the job all the same" 'standard error'
expect_line '✗ Job finished (status: FAILED_DRIVER).' "$STDOUT"
expect_equal "$(on_each 'ls -d began sky_workdir 2>/dev/null || true')" '' 'what was begun'

# The person may know better.
expect_status 0 on_hosts --skip-resource-check "$TASK"
expect_line "skyrun: notice: h1: asks for 100000 CPUs, has $cpus CPUs; running all the same" "$STDERR"
expect_equal "$(on_each 'ls began')" $'began\nbegan' 'what was begun'

expect_status 100 on_hosts --cpus none --memory 1000000GB "$TASK"
expect_text 'skyrun: error: h0: asks for 1000000 GiB of memory, has ' "$STDERR"

# The first candidate that every node satisfies is the task.
write_task <<'TASK'
num_nodes: 2
resources:
  ordered:
    - {cpus: 100000, accelerators: tpu-v2-8:8}
    - {cpus: 1, accelerators: tpu-v3-8:4}
    - {cpus: 1, accelerators: tpu-v4-8:2}
setup: echo "$SKYPILOT_SETUP_NUM_GPUS_PER_NODE"
TASK
expect_status 0 on_hosts "$TASK"
expect_line 'skyrun: notice: accelerators: tpu-v3-8:4' "$STDERR"
expect_line '(setup pid=N, rank=0) 4' <(without_pids)
