#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# Every host, from the client and from every other host, says its own name.
for host in h0 h1; do
  expect_status 0 ssh -n "$host" "hostname; for other in h0 h1 client; do ssh -n \$other hostname; done"
  expect_equal "$(tr '\n' ' ' <"$STDOUT")" "$host h0 h1 client " "who answers, seen from $host"
done

# Each has its own home, /tmp, /run and /dev/shm. All see the same checkout, and cannot write to it.
marks=(~/mark /tmp/mark /run/mark /dev/shm/mark)
expect_status 0 ssh -n h0 "touch ${marks[*]}; ls -d ${marks[*]}; test -x $WORLD"
expect_status 2 ls -d "${marks[@]}"
expect_equal "$(<"$STDOUT")" '' 'what the client sees of the files of h0'
expect_status 2 ssh -n h1 "ls -d ${marks[*]}"
expect_equal "$(<"$STDOUT")" '' 'what h1 sees of the files of h0'
expect_status 1 ssh -n h1 "touch $CHECKOUT/mark"
expect_text 'Read-only file system' "$STDERR"

# And nothing outside can be reached: there is no way to an address that is not theirs.
expect_status 2 ssh -n h0 ip route get 192.0.2.1
expect_text 'Network is unreachable' "$STDERR"
assert_nothing_left
