#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 5
. "$(dirname "$0")/lib.sh"

# expect_refusal TEXT ARGUMENT...: the bad host is named, nothing is run, and the good ones are left clean.
expect_refusal() {
  local text=$1
  shift
  expect_status 100 on_hosts --num-nodes 5 "$@" -- 'echo has run'
  expect_text "skyrun: error: $text" "$STDERR"
  expect_equal "$(grep -c '^skyrun: error: ' "$STDERR")" 1 'number of errors'
  expect_no_text ') has run' "$STDOUT"
  expect_line '✗ Job finished (status: FAILED_DRIVER).' "$STDOUT"
  assert_nothing_left
}

printf '%s\n' h0 h1 nowhere h3 h4 >"$HOSTFILE"
for how in flat auto; do
  expect_refusal 'nowhere: connecting: ssh: Could not resolve hostname nowhere: ' --launch $how
  expect_text '; check the name in the host list; try: ssh nowhere true' "$STDERR"
done
expect_refusal 'nowhere: connecting from h0: ssh: Could not resolve hostname nowhere: ' --launch tree
printf '%s\n' h0 h1 'h2 port=2222' h3 h4 >"$HOSTFILE"
expect_refusal 'h2: connecting: ssh: connect to host h2 port 2222: Connection refused'
expect_text '; does an ssh server run there, on that port?; try: ssh -p 2222 h2 true' "$STDERR"
printf '%s\n' h0 h1 h2 h3 h4 >"$HOSTFILE"

# A head is started by the client itself.
printf '%s\n' nowhere h1 h2 h3 h4 >"$SCRATCH/no-head"
HOSTFILE=$SCRATCH/no-head expect_refusal 'nowhere: connecting: ssh: Could not resolve hostname nowhere: '

# Nothing is heard of who is cut off: ssh is still trying when the time is over. Of who is silent, neither.
for fault in 'cut restore' 'silence unsilence'; do
  read -r break mend <<<"$fault"
  testbed "$break" h2
  began=$SECONDS
  expect_refusal 'h2: connecting from h0: no answer within 2 s; try: ssh h2 true' --start-timeout 3 --tree-arity 8
  ((SECONDS - began < 12)) || fail "it took $((SECONDS - began)) s"
  testbed "$mend" h2
done

# A key that it does not know.
testbed exec h4 mv /root/.ssh/authorized_keys /root/.ssh/kept
expect_refusal 'h4: connecting: root@h4: Permission denied (publickey)'
expect_text 'set up a key that needs no password: ssh-copy-id, ssh-agent or IdentityFile' "$STDERR"
