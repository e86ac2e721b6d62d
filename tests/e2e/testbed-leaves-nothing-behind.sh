#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Outside any world, because that is where nothing may be left.
. "$(dirname "$0")/lib.sh"

mark=mark-$$-$RANDOM

start_of() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

# family PID: it and all its descendants, each with its start time.
family() {
  local child
  echo "$1 $(start_of "$1")"
  for child in $(pgrep -P "$1"); do family "$child"; done
}

# of_that_world: what is still there of the processes in $SCRATCH/family and of their cgroups.
of_that_world() {
  local pid start
  while read -r pid start; do
    [[ $(start_of "$pid") != "$start" ]] || echo "process $pid: $(tr '\0' ' ' <"/proc/$pid/cmdline")"
  done <"$SCRATCH/family"
  while read -r cgroup; do
    [[ ! -e /sys/fs/cgroup/cpuacct$cgroup ]] || echo "cgroup $cgroup"
  done <"$SCRATCH/cgroups"
}

is_gone() { [[ -z $(of_that_world) ]]; }

# surroundings: what a world might have changed of the machine.
surroundings() {
  cut -d ' ' -f 1-4 /proc/self/mounts
  ip -brief link | cut -d ' ' -f 1
  ls -d /tmp/"$mark" ~/"$mark" /run/testbed 2>/dev/null || true
}

# A command that ends while much still runs, on the client and on the hosts. It says when it is ready
# and goes on when it is told to, not when nobody is left to tell it.
# shellcheck disable=SC2016 # for the shell inside
busy='for i in 0 1 2; do ssh -n h$i "touch $1; (setsid sleep 1000 &); sleep 1000" & done
  until ssh -n h2 test -e "$1"; do :; done
  touch ~/"$1" /tmp/"$1"; setsid sleep 1000 & echo ready; read -r || sleep 1000; exit 3'

# end_world HOW STATUS: starts a world, ends it by running HOW, and looks for what is left of it.
end_world() {
  local status=0
  # shellcheck disable=SC2153 # of lib.sh
  coproc "$WORLD" --hosts 3 -- bash -c "$busy" bash "$mark"
  world=$COPROC_PID
  local go_on=${COPROC[1]}
  read -r -u "${COPROC[0]}"
  family "$world" >"$SCRATCH/family"
  (($(wc -l <"$SCRATCH/family") >= 20)) || fail "the world has only $(<"$SCRATCH/family")"
  cut -d ' ' -f 1 "$SCRATCH/family" | sed 's|.*|/proc/&/cgroup|' | xargs sed -n 's/.*:cpuacct:\(.testbed.*\)/\1/p' |
    sort -u >"$SCRATCH/cgroups"
  expect_equal "$(surroundings)" "$before" 'the machine around a world'
  "$1" "$go_on"
  wait "$world" 2>/dev/null || status=$?
  expect_equal "$status" "$2" "the exit code after $1"
  eventually 10 is_gone || fail "after $1: $(of_that_world)"
  expect_equal "$(surroundings)" "$before" "the machine after $1"
}

finish() { echo >&"$1"; }
sigterm() { kill -TERM "$world"; }
sigkill() { kill -KILL "$world"; }

before=$(surroundings)
end_world finish 3
end_world sigterm 143
end_world sigkill 137
