#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# world: --sshd-option LogLevel=DEBUG1
. "$(dirname "$0")/lib.sh"

# expect_exchange NAME [ARGUMENT...]: both hosts saw this key exchange, h1 from h0.
expect_exchange() {
  local name=$1 host
  shift
  for host in h0 h1; do testbed exec $host truncate -s 0 /run/sshd.log; done
  expect_status 0 on_hosts --num-nodes 2 --launch tree "$@" -- true
  for host in h0 h1; do
    testbed exec $host cat /run/sshd.log >"$SCRATCH/log"
    expect_text "kex: algorithm: $name" "$SCRATCH/log"
  done
}

fast=curve25519-sha256
if ssh -Q kex | grep -qx mlkem768x25519-sha256; then fast=mlkem768x25519-sha256; fi
expect_exchange "$fast"
expect_exchange sntrup761x25519-sha512 --ssh-option KexAlgorithms=^sntrup761x25519-sha512@openssh.com
for host in client h0; do
  testbed exec $host bash -c 'echo "KexAlgorithms ecdh-sha2-nistp256" >/root/.ssh/config'
done
expect_exchange ecdh-sha2-nistp256
