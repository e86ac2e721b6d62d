#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"

# file NAME BYTES...: a dotenv file with variables NAME0, NAME1, … of that many bytes, "NAME=" and end included.
file() {
  local name=$1 i=0 bytes
  shift
  : >"$SCRATCH/env"
  for bytes; do
    echo "$name$i=$(head -c $((bytes - ${#name} - ${#i} - 2)) /dev/zero | tr '\0' x)" >>"$SCRATCH/env"
    i=$((i + 1))
  done
}
limit=$((32 * $(getconf PAGESIZE)))

# One variable: up to the last byte that a program can be given.
file BIG "$limit"
# shellcheck disable=SC2016 # for the shell of the task
expect_status 0 skyrun --local 1 --env-file "$SCRATCH/env" -- '/bin/echo ${#BIG0}'
expect_text "$((limit - 6))" "$STDOUT"
for option in --env-file --secret-file; do
  file BIG $((limit + 1))
  expect_status 1 skyrun --local 1 $option "$SCRATCH/env" -- '/bin/echo has run'
  expect_text "variable BIG0 has $((limit + 1)) bytes, and no program can be started with one of more than $limit" "$STDERR"
  expect_no_text 'has run' "$STDOUT"
  expect_no_text xxxxx "$STDERR"
done

# All of them with those of the node, before any stage has begun.
ulimit -s 8192
sizes=()
for ((i = 0; i < 20; ++i)); do sizes+=(100000); done
file MANY "${sizes[@]}"
expect_status 0 skyrun --local 1 --env-file "$SCRATCH/env" -- '/bin/echo has run'
for ((i = 0; i < 30; ++i)); do export "OWN$i=$(head -c 5000 /dev/zero | tr '\0' y)"; done
write_task <<'TASK'
setup: echo has been set up
run: /bin/echo has run
TASK
expect_status 100 skyrun --local 1 --env-file "$SCRATCH/env" "$TASK"
expect_text 'node0: the environment has ' "$STDERR"
expect_text 'bytes, 100000 of them in MANY0, and no program can be started with more than ' "$STDERR"
expect_no_text 'has been set up' "$STDOUT"
