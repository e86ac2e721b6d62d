#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Cold launch of `hostname`, one on each of N hosts of the testbed: skyrun beside pdsh, Open MPI, Hydra
# and N plain ssh at once. Each peer runs with ssh's default key exchange and with curve25519 first, as
# skyrun has it. The launchers take turns within a round, so that what else the machine does hits all; not
# all alike, because the kernel shares the CPU out by session (sched_autogroup): measure on a quiet machine.
#
#     tests/bench/launch.sh [ROUNDS] [HOSTS...]     5 rounds on 8, 16, 32 and 64 hosts
#
# $SKYRUN_BUILD is the build directory (build). Prints Markdown. Ends with 1 where a run went wrong.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
export SKYRUN_BUILD=${SKYRUN_BUILD:-$(realpath "$here/../../build")}
rounds=${1:-5}
shift $(($# > 0))
sizes=("$@")
((${#sizes[@]})) || sizes=(8 16 32 64)

if [[ -z ${TESTBED_HOSTS:-} ]]; then
  most=$(printf '%s\n' "${sizes[@]}" | sort -n | tail -n 1)
  visible=()
  [[ -d $SKYRUN_BUILD ]] && visible=(--visible "$SKYRUN_BUILD")
  exec "$here/../testbed/world" --hosts "$most" ${visible[@]+"${visible[@]}"} -- bash "$here/launch.sh" "$rounds" "${sizes[@]}"
fi

curve='-o KexAlgorithms=^curve25519-sha256'
skyrun=$SKYRUN_BUILD/bin/skyrun
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
cd # a directory that every host has

# Each launcher is called with the number of hosts, ssh's options, and the hosts in ./hosts.
launch_skyrun() { timeout 120 "$skyrun" --hostfile hosts --num-nodes "$1" -- hostname; }
launch_pdsh() { PDSH_SSH_ARGS_APPEND=$2 timeout 120 pdsh -R ssh -f "$1" -w ^hosts hostname; }
launch_mpirun.openmpi() {
  timeout 120 mpirun.openmpi ${2:+--mca plm_rsh_args "$2"} --hostfile hosts -np "$1" --map-by ppr:1:node hostname
}
launch_mpiexec.hydra() { HYDRA_LAUNCHER_EXTRA_ARGS=$2 timeout 120 mpiexec.hydra -f hosts -ppn 1 -n "$1" hostname; }
launch_ssh() {
  local host options
  read -ra options <<<"$2"
  while read -r host; do ssh -n ${options[@]+"${options[@]}"} "$host" hostname & done <hosts
  wait
}

# measure LAUNCHER HOSTS OPTIONS: adds a line to ./runs: hosts, launcher, seconds, CPU seconds of the client
# (some 20 ms of it for asking) and of the busiest host; "failed" for seconds where the output lacks a
# host's name or has one twice.
measure() {
  local name=$1${3:++curve25519} begin end
  testbed cpu >before
  begin=$EPOCHREALTIME
  "launch_$1" "$2" "$3" >output 2>errors || true
  end=$EPOCHREALTIME
  if ! awk '{ print $NF }' output | grep -xE 'h[0-9]+' | sort | cmp -s - <(sort hosts); then
    echo "launch.sh: $name on $2 hosts: not each host's name once: $(tail -n 3 output errors)" >&2
    echo "$2 $name failed 0 0" >>runs
    return
  fi
  sleep 0.5 # what ends after the launcher is on its bill too
  testbed cpu | paste -d ' ' before - | awk -v run="$2 $name" -v begin="$begin" -v end="$end" '
    { used = $4 - $2 }
    $1 == "client" { client = used; next }
    used > busiest { busiest = used }
    END { printf "%s %.4f %.4f %.4f\n", run, end - begin, client, busiest }' >>runs
}

peers=()
for peer in pdsh mpirun.openmpi mpiexec.hydra ssh; do
  if command -v "$peer" >/dev/null; then
    peers+=("$peer")
  else
    echo "launch.sh: no $peer here: left out (Debian packages: cmake/packages/bench.txt)" >&2
  fi
done
[[ -x $skyrun ]] || echo "launch.sh: no $skyrun yet: left out" >&2

load=$(cut -d ' ' -f 1 /proc/loadavg)
for size in "${sizes[@]}"; do
  for ((i = 0; i < size; ++i)); do echo "h$i"; done >hosts
  for ((round = 0; round < rounds; ++round)); do
    [[ ! -x $skyrun ]] || measure skyrun "$size" ''
    for peer in "${peers[@]}"; do
      measure "$peer" "$size" ''
      measure "$peer" "$size" "$curve"
    done
  done
done
echo "$(nproc) cores, Linux $(uname -r), $(ssh -V 2>&1 | cut -d , -f 1), $rounds rounds in turns, load $load before."
/usr/bin/python3 "$here/launch_table.py" <runs
