#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

expect_status 0 skyrun --local 1 --use-spot --disk-size 512 --disk-tier best -t p4d.24xlarge -c mine -y -r -i 10 --down \
  --ports 8080 --ports 8081 --cloud aws --region us-east-1 --zone a --network-tier best --image-id ami-1 -- echo runs
expect_equal "$(<"$STDERR")" 'skyrun: notice: without effect here: --use-spot, --yes, --retry-until-up, --down, --cluster, --cloud, --region, --zone, --disk-size, --disk-tier, --network-tier, --instance-type, --ports, --idle-minutes-to-autostop, --image-id' 'standard error'
expect_line '(sky-cmd, pid=N) runs' <(without_pids)

# refused TEXT ARGUMENT...: nothing runs, since it would not be what the person means.
refused() {
  local text=$1
  shift
  expect_status 2 skyrun --local 1 "$@" -- echo runs
  expect_equal "$(<"$STDERR")" "skyrun: error: $text (see skyrun --help)" 'standard error'
  expect_equal "$(<"$STDOUT")" '' 'standard output'
}
refused '--detach-run: skyrun stays with its job; start it in the background with &' -d
refused '--async: skyrun stays with its job; start it in the background with &' --async
refused "--clone-disk-from: needs SkyPilot's own clusters and jobs" --clone-disk-from other
refused "--num-jobs: needs SkyPilot's own clusters and jobs" --num-jobs 3
refused '--image-id: skyrun starts no containers, so the job cannot run in docker:ubuntu' --image-id docker:ubuntu

# The same image in a task.
write_task <<'TASK'
resources: {image_id: "docker:ubuntu:22.04"}
run: echo runs
TASK
expect_status 1 skyrun --local 1 "$TASK"
expect_text "$TASK:1: resources.image_id: skyrun starts no containers, so the job cannot run in ubuntu:22.04: take" "$STDERR"
expect_equal "$(<"$STDOUT")" '' 'standard output'
