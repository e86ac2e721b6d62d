#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

for job in first second; do
  mkdir "$SCRATCH/$job"
  echo "$job" >"$SCRATCH/$job/file"
  touch "$SCRATCH/$job/only-$job"
done

# The first has ~/sky_workdir on h0 and h1.
write_task <<TASK
num_nodes: 2
workdir: $SCRATCH/first
run: |
  echo ready
  until [ -e ~/go ]; do sleep 0.05; done
  echo "\$(pwd) \$(echo *) \$(cat file)"
TASK
first_task=$SCRATCH/first.yaml
mv "$TASK" "$first_task"
printf 'h0\nh1\n' >"$SCRATCH/two"
: >"$SCRATCH/first.out"
skyrun --hostfile "$SCRATCH/two" "$first_task" >"$SCRATCH/first.out" 2>"$SCRATCH/first.err" &
first=$!
STDOUT=$SCRATCH/first.out await_ranks 2
expect_no_text 'workdir is' "$SCRATCH/first.err"

# The second shares h1 with it: it has its own, the same on both of its nodes.
write_task <<TASK
num_nodes: 2
workdir: $SCRATCH/second
file_mounts:
  below: $SCRATCH/first/file
  ~/sky_workdir/deep/below: $SCRATCH/first/file
setup: touch set-up
run: |
  echo "\$(pwd) \$(echo *) \$(cat file) \$(cat below) \$(cat deep/below)"
TASK
printf 'h1\nh2\n' >"$SCRATCH/others"
expect_status 0 skyrun --hostfile "$SCRATCH/others" "$TASK"
own=$(sed -n "s|.*notice: .*: a job that runs has ~/sky_workdir; this one's workdir is ~/||p" "$STDERR" | sort -u)
[[ $own == sky_logs/sky-*/workdir ]] || fail "its workdir is '$own': $(<"$STDERR")"
for rank in 0 1; do
  expect_line "/root/$own below deep file only-second set-up second first first" <(lines_of $rank)
done

# So has a third, without files.
expect_status 0 skyrun --host h1 -- 'touch third; ls -A'
expect_equal "$(sed -n 's/^(.*pid=[0-9]*) //p' "$STDOUT")" third 'what the third sees'

touch "$HOME/go"
on_each 'touch go'
wait "$first" || fail "the first ended with $?"
for rank in 0 1; do
  expect_line '/root/sky_workdir file only-first first' <(lines_of $rank "$SCRATCH/first.out")
done

# Alone again, a job has ~/sky_workdir, with what is there.
# shellcheck disable=SC2016 # for the shell of the task
expect_status 0 skyrun --host h1 -- 'echo "$(pwd) $(echo *)"'
expect_text '/root/sky_workdir file only-first' "$STDOUT"
expect_no_text 'workdir is' "$STDERR"

