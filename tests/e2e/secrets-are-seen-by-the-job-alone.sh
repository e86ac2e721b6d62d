#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

printf 'FILED=s3cr3t-filed\n' >secrets
printf 'FROM_ENV=s3cr3t-env\n' >variables
mkdir src
write_task <<'TASK'
num_nodes: 2
workdir: src
secrets: {WRITTEN: s3cr3t-written, GIVEN: null, HERE: null}
setup: "true"
run: |
  echo "${#WRITTEN} ${#GIVEN} ${#HERE} ${#FILED} ${#FROM_ENV}"
  grep -rlE 's3cr[3]t' ~ /tmp /run /dev/shm /var/tmp 2>/dev/null | sed 's/^/file /'
  cat /proc/[0-9]*/cmdline | tr '\0' ' ' | grep -cE 's3cr[3]t' | sed 's/^/processes /'
  # The client's own, which may take a moment to hide them.
  touch ~/up
  until [ -e ~/go ]; do sleep 0.01; done
  exit 5
TASK
export HERE=s3cr3t-here
skyrun --hostfile "$HOSTFILE" --secret GIVEN=s3cr3t-given --secret HERE --secret-file secrets --env-file variables "$TASK" \
  >"$STDOUT" 2>"$STDERR" &
client=$!
for host in h0 h1; do eventually 20 ssh "$host" test -e up || fail "$host does not run"; done
expect_no_text s3cr3t <(tr '\0' ' ' <"/proc/$client/cmdline")
expect_text 'GIVEN=************' <(tr '\0' ' ' <"/proc/$client/cmdline")
expect_equal "$(grep -rl s3cr3t ~ || true)" '' 'files of the client with secrets'
on_each 'touch go'
STATUS=0
wait "$client" || STATUS=$?
expect_equal "$STATUS" 100 'the exit code'

for rank in 0 1; do
  expect_equal "$(lines_of $rank)" "14 12 11 12 10
processes 0" "what rank $rank finds"
done
cat "$STDOUT" "$STDERR" >shown
expect_no_text s3cr3t shown
expect_equal "$(on_each 'grep -rl s3cr3t ~ || true')$(grep -rl s3cr3t ~ || true)" '' 'what is left'

# Nor is one in an error about a path that it is part of, or in a dry run.
write_task <<'TASK'
workdir: /none/$WRITTEN
secrets: {WRITTEN: s3cr3t-written}
TASK
expect_status 1 on_hosts "$TASK"
expect_text '/none/<redacted> not found' "$STDERR"
expect_no_text s3cr3t "$STDERR"
write_task <<'TASK'
file_mounts: {/data/$WRITTEN: /none/$WRITTEN}
secrets: {WRITTEN: s3cr3t-written}
TASK
expect_status 1 on_hosts "$TASK"
expect_text "file_mounts./data/<redacted>: File mount source '/none/<redacted>' does not exist" "$STDERR"
write_task <<'TASK'
secrets: [s3cr3t-in-a-list]
TASK
expect_status 1 on_hosts "$TASK"
expect_no_text s3cr3t "$STDERR"
