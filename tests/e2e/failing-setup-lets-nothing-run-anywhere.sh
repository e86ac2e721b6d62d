#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

write_task <<'TASK'
num_nodes: 4
setup: |
  echo $$ >~/shell
  [ $SKYPILOT_SETUP_NODE_RANK != 0 ] || exit 0
  echo waits
  [ $SKYPILOT_SETUP_NODE_RANK != 2 ] || until [ -e ~/fail ]; do sleep 0.05; done
  [ $SKYPILOT_SETUP_NODE_RANK != 2 ] || exit 7
  sleep 1000
run: touch ~/has-run
TASK
# shellcheck disable=SC2016 # for the shell on h0
rank_0_has_ended() { testbed exec h0 bash -c 'read -r pid <~/shell && [ ! -e "/proc/$pid" ]' 2>/dev/null; }

# fail_setup ARGUMENT...: the job, where rank 2 fails when rank 0 has ended well and the others wait.
fail_setup() {
  on_each 'rm -f shell fail'
  start_job "$@" "$TASK"
  eventually 30 rank_0_has_ended || fail 'rank 0 does not end'
  await_ranks 3 waits
  testbed exec h2 touch /root/fail
}
fail_setup
expect_end 100
expect_line "ERROR: Job 1's setup failed. Failed workers: (pid=N, returncode=7). See error logs above for more details." \
  <(without_pids)
expect_line '  rank  node  ended' "$STDOUT"
expect_line '  0     h0    exit code 0' "$STDOUT"
expect_line '  1     h1    stopped by skyrun' "$STDOUT"
expect_line '  2     h2    exit code 7, the first to fail' "$STDOUT"
expect_line '✗ Job finished (status: FAILED_SETUP).' "$STDOUT"
assert_nothing_left
on_each ls >"$SCRATCH/files"
expect_text sky_workdir "$SCRATCH/files"
expect_no_text has-run "$SCRATCH/files"

fail_setup --propagate-exit-code
expect_end 7
