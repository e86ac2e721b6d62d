#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"

write_task <<'TASK'
name: pipe
---
name: first
num_nodes: 2
run: |
  echo "$(hostname) $SKYPILOT_NODE_RANK" >>~/order
  [[ $SKYPILOT_TASK_ID == $(head -n1 <<<"$SKYPILOT_TASK_IDS") ]] && echo "ids $(wc -l <<<"$SKYPILOT_TASK_IDS")"
---
run: |
  [[ $SKYPILOT_TASK_ID == $(tail -n1 <<<"$SKYPILOT_TASK_IDS") ]] && cat ~/order
  echo "$X ${SKYPILOT_TASK_ID#sky-managed-*_}"
TASK
expect_status 0 on_hosts --env X=both "$TASK"
expect_equal "$(grep -E '^(Task|✓|└)' "$STDOUT")" 'Task 1 of 2: first
└── Task first started. Streaming logs... (Ctrl-C to stop the job)
✓ Task first finished (status: SUCCEEDED).
Task 2 of 2: pipe-1
└── Task pipe-1 started. Streaming logs... (Ctrl-C to stop the job)
✓ Task pipe-1 finished (status: SUCCEEDED).' 'the order'
expect_equal "$(lines_of 1)" 'ids 2' 'rank 1 of the first'
expect_line '(pipe-1, pid=N) h0 0' <(without_pids)
expect_line '(pipe-1, pid=N) both pipe_pipe-1_1-1' <(without_pids)
expect_equal "$(on_each 'cat order 2>/dev/null || echo none')" $'h0 0\nh1 1\nnone' 'who ran the first'
expect_equal "$(on_each 'ls -d sky_logs/sky-managed-*/* 2>/dev/null | cut -d/ -f3 || true')" $'0-first\n1-pipe-1\n0-first' 'the logs'

# Flags for one task are none for several.
expect_status 0 on_hosts --num-nodes 3 --gpus A100:8 --cpus 4 --memory 8 -n other --infra ssh/x --workdir "$SCRATCH" "$TASK"
expect_line 'skyrun: notice: --name other, --num-nodes 3, --infra ssh/x, --gpus A100:8, --cpus 4, --memory 8 ignored, since the yaml file contains multiple tasks' "$STDERR"
expect_text 'Task 1 of 2: first' "$STDOUT"

# A failure lets nothing follow, in setup as in run.
for field in setup run; do
  write_task <<TASK
name: pipe
---
name: first
run: echo runs
---
name: second
$field: exit 3
---
name: third
run: touch ~/never
---
name: fourth
run: touch ~/never
TASK
  expect_status 100 on_hosts "$TASK"
  expect_equal "$(grep -E '^[✓✗]' "$STDOUT" | sed 's/FAILED_SETUP/FAILED/')" '✓ Task first finished (status: SUCCEEDED).
✗ Task second finished (status: FAILED).
✗ Task third not started (status: CANCELLED).
✗ Task fourth not started (status: CANCELLED).' 'the ends'
done
expect_status 3 on_hosts --propagate-exit-code "$TASK"
expect_equal "$(on_each 'ls never 2>/dev/null || true')" '' 'what must not run'

# So does Ctrl-C.
write_task <<'TASK'
name: pipe
---
name: first
run: trap 'exit 0' TERM; touch ~/up; sleep 1000 & wait
---
name: second
run: touch ~/never
TASK
in_background skyrun --hostfile "$HOSTFILE" "$TASK" >"$STDOUT" 2>"$STDERR"
eventually 20 ssh h0 test -e up
kill -INT $!
STATUS=0
wait $! || STATUS=$?
expect_equal "$STATUS" 103 'the exit code'
expect_line '✗ Task first finished (status: CANCELLED).' "$STDOUT"
expect_line '✗ Task second not started (status: CANCELLED).' "$STDOUT"
expect_equal "$(on_each 'ls never 2>/dev/null || true')" '' 'what must not run'
