#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 3
# world: --user alice
. "$(dirname "$0")/lib.sh"

# Files of h1 may have 64 KiB: its log ends there, what the person sees does not.
ssh -n h1 "echo 'ulimit -f 64' >.bashrc"
write_task <<'TASK'
num_nodes: 3
run: |
  seq 100000
  ulimit -f
  # Its own programs have the limit as ever.
  [[ $(ulimit -f) == unlimited ]] || { head -c 100000 /dev/zero >~/file; echo "head: $?"; }
TASK
expect_status 0 on_hosts "$TASK"
for rank in 0 1 2; do
  expect_equal "$(lines_of $rank | grep -cE '^[0-9]+$')" $((rank == 1 ? 100001 : 100000)) "lines of rank $rank"
done
expect_line 'head: 153' <(lines_of 1)
expect_text ') skyrun: notice: the log on this node ends here: write: File too large' "$STDOUT"
expect_equal "$(ssh -n h1 'stat -c %s sky_logs/sky-*/tasks/*.log')" 65536 'size of the log on h1'

# Nor do files arrive there that are larger, and a script.
mkdir "$SCRATCH/files"
head -c 100000 /dev/zero >"$SCRATCH/files/big"
expect_status 100 on_hosts --workdir "$SCRATCH/files" "$TASK"
expect_text 'skyrun: error: h1: ' "$STDERR"
expect_text 'big: File too large' "$STDERR"
{ echo 'run: |' && seq -f '  : %05.0f' 10000; } >"$TASK"
expect_status 100 on_hosts --num-nodes 3 "$TASK"
expect_text 'skyrun: error: h1: the script of run has 80000 bytes, and a file may have 65536: raise that limit there (ulimit -f)' \
  "$STDERR"

# The client's log is no different.
ssh -n h1 'rm .bashrc'
(
  ulimit -f 64
  skyrun --hostfile "$HOSTFILE" --num-nodes 3 -- seq 5000 2>"$STDERR" | tail -n 20 >"$STDOUT"
  expect_text '✓ Job finished (status: SUCCEEDED).' "$STDOUT"
)

# Where no more processes may be started, the limit is named.
ssh -n h1 "echo 'ulimit -u 3' >.bashrc"
expect_status 100 on_hosts --num-nodes 3 -- true
grep -qE "^skyrun: error: h1: .*(raise this account's limit of processes there \(ulimit -u\)|Resource temporarily unavailable)" "$STDERR" ||
  fail "what does not start is not named: $(<"$STDERR")"
