#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
# sanitized
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# On h1, which has h3 and h4 below it, skyrund leaves its exit code.
bin=$SKYRUN_BUILD/bin
testbed exec h1 bash -c "
  cp $bin/skyrund /root/skyrund && mount -t tmpfs none $bin
  printf '#!/bin/bash\n/root/skyrund \"\$@\"\necho \$? >>/tmp/codes\n' >$bin/skyrund && chmod +x $bin/skyrund"

write_stubborn_task
start_job --tree-arity 2 --grace 2 "$TASK"
await_ranks 7
testbed cut h1
cut_at=$SECONDS
expect_end 100 15
expect_one_error 'skyrun: error: h1: node lost: silent for 5'
eventually 30 nothing_left || fail "still there while it is cut: $(<"$SCRATCH/left")"
while ((SECONDS < cut_at + 20)); do sleep 1; done
testbed restore h1
assert_nothing_left
expect_equal "$(testbed exec h1 cat /tmp/codes)" 0 "exit code of h1's skyrund"
