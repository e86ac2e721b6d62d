#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/liar.sh"

# In the tree of arity 2, h0 starts h1 and h2, h1 starts h3.
tree=(--tree-arity 2)

may_say() {
  case $1 in
    Submit | Introduce | Cancel | SyncSent) echo 'the client' ;;
    *) echo 'the head' ;;
  esac
}

for kind in Submit Introduce Cancel SyncSent Adopt Placed Progress JobEnded; do
  lied h3 "$kind" "${tree[@]}"
  expect_blamed h3 "it sent $kind, which only $(may_say "$kind") may say"
  expect_equal "$(<"$STARTED")" h0 "what was started from here after $kind"
done
for kind in StageEnded ShepherdLost Output; do
  lied h2 "$kind" "${tree[@]}"
  expect_blamed h2 "it sent $kind about node 1, which only that node may say"
done
expect_no_text forged "$STDOUT"

for kind in Bootstrap JobOver GoHome; do
  lied h2 "$kind" "${tree[@]}"
  expect_text 'skyrun: error: h2: node lost: it sent something for ' "$STDERR"
done

lied h3 Introduce:client "${tree[@]}"
expect_blamed h3 'it spoke for the client'
lied h3 Adopt:head "${tree[@]}"
expect_blamed h3 'it spoke for the head'
expect_equal "$(<"$STARTED")" h0 "what was started from here"
lied h2 Output:1 "${tree[@]}"
expect_blamed h2 'it spoke for node 1, which it did not start'
