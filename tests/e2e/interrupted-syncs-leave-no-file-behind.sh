#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/running_job.sh"

# The second file comes while the first is there already, and is still coming when something is ended.
mkdir "$SCRATCH/files"
echo old >"$SCRATCH/files/a"
ln -s a "$SCRATCH/files/link"
write_task <<TASK
num_nodes: 3
workdir: $SCRATCH/files
run: 'true'
TASK
expect_status 0 on_hosts "$TASK"
head -c 100000000 /dev/urandom >"$SCRATCH/files/big"
echo new >"$SCRATCH/files/a"

sink_writes() { testbed exec h1 grep -q new sky_workdir/a; }
left() { on_each 'find . -name ".skyrun-*"; find .skyrun/run -mindepth 1; find sky_workdir -name big'; }
none_left() { [[ -z $(left) ]]; }

for victim in terminal client sink shepherd daemon both; do
  on_each 'echo old >sky_workdir/a'
  start_job --grace 1 "$TASK"
  eventually 20 sink_writes || fail "no file came"
  case $victim in
    terminal) kill -INT "$JOB" ;;
    client) kill -KILL "$JOB" ;;
    sink) kill_on h1 sink ;;
    shepherd) kill_on h1 shepherd ;;
    daemon) kill_on h1 daemon ;;
    both)
      read -r shepherd daemon < <(echo "$(pid_on h1 shepherd)" "$(pid_on h1 daemon)")
      testbed exec h1 kill -KILL "$shepherd" "$daemon"
      ;;
  esac
  wait "$JOB" 2>"$SCRATCH/wait" && fail "the job ended well though its $victim was ended"
  assert_nothing_left 15
  if [[ $victim == both ]]; then # nobody is there to do it until somebody comes
    expect_equal "$(on_each 'find . -name ".skyrun-*"')" '' "left where files go when both were ended"
    expect_status 0 on_hosts --num-nodes 3 -- true
  fi
  none_left || fail "left when $victim was ended: $(left)"
done

# A checkout of the client goes with it, or with the next.
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
git init -q "$SCRATCH/repository"
cp "$SCRATCH/files/"* "$SCRATCH/repository"
git -C "$SCRATCH/repository" add .
git -C "$SCRATCH/repository" commit -qm one
checked_out() { compgen -G "$HOME/.skyrun/run/*/workdir/a" >/dev/null; }
start_job --git-url "$SCRATCH/repository" -- true
eventually 20 checked_out || fail "no checkout"
kill_job KILL
assert_nothing_left 15
expect_status 0 on_hosts --num-nodes 3 -- true
expect_equal "$(find ~/.skyrun/run -mindepth 1)" '' 'left of a checkout'
