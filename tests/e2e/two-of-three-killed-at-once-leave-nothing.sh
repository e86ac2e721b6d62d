#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 7
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# In the tree of arity 2, h1 has h3 and h4 below it, h4 nobody, and h0 is the head. Whoever is left of
# daemon, shepherd and warden ends what ignores SIGTERM and hides in every way there is. A warden would
# end by itself once its shepherd was killed, so it is the first of the two.
write_stubborn_task
while read -r victim killed; do
  start_job --tree-arity 2 --grace 2 "$TASK"
  await_ranks 7
  expect_equal "$(testbed exec "$victim" ps -C skyrund -o args= | sed 's/.*skyrund/skyrund/' | sort)" \
    $'skyrund\nskyrund --shepherd' 'what process lists call skyrund'
  pids=()
  for each in $killed; do pids+=("$(pid_on "$victim" "$each")"); done
  testbed exec "$victim" kill -KILL "${pids[@]}"
  expect_end 100 20
  expect_one_error "skyrun: error: $victim: node lost: "
  assert_nothing_left 15
done <<'END'
h4 daemon shepherd
h1 daemon shepherd
h0 shepherd daemon
h1 warden daemon
h4 warden shepherd
h4 warden
END
