#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 5
# shellcheck disable=SC2016 # for the shells of the hosts
. "$(dirname "$0")/lib.sh"

# expect_hosts LIST HOST...: rank i of a job on LIST runs on the i-th HOST.
expect_hosts() {
  local list=$1 rank=0 host
  shift
  # shellcheck disable=SC2016 # for the shell of the task
  expect_status 0 skyrun --host "$list" --num-nodes $# --tree-arity 1 --launch "$how" -- \
    'echo "$USER on $(hostname)"'
  for host; do
    expect_line "$host" <(lines_of $rank)
    rank=$((rank + 1))
  done
}

# A stranger among the addresses, another user, another port: every other machine is told.
testbed exec h4 bash -c 'sed "s/^ListenAddress.*/ListenAddress 0.0.0.0:2222/" /run/sshd_config >/run/2222 &&
  echo "Port 2222" >>/run/2222 && exec /usr/sbin/sshd -f /run/2222'
cat >~/.ssh/config <<'CONFIG'
Host far
  HostName h3
Host one two
  User alice
Host one
  HostName h1
Host two
  HostName h2
Host h4
  Port 2222
CONFIG
root=$(ssh-keygen -y -f ~/.ssh/id_ed25519)
alice=$(testbed exec h0 ssh-keygen -y -f /home/alice/.ssh/id_ed25519)
for host in h1 h2; do testbed exec "$host" bash -c "echo '$root' >>/home/alice/.ssh/authorized_keys"; done
testbed exec h3 bash -c "echo '$alice' >>/root/.ssh/authorized_keys"
how=tree
expect_hosts h0,far,h2 'root on h0' 'root on h3' 'root on h2'
expect_no_text notice: "$STDERR"
# A login by another name does not make those that it starts log in by that name.
expect_hosts h0,one,two,h3 'root on h0' 'alice on h1' 'alice on h2' 'root on h3'
expect_hosts h0,h4,h1 'root on h0' 'root on h4' 'root on h1'
testbed exec h4 bash -c 'kill $(pgrep -f "sshd -f /run/2222" | head -n 1)'

# What only this machine can do is done from here, and nobody else is tried first.
ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/special
testbed exec h2 bash -c "echo '$(<~/.ssh/special.pub)' >/root/.ssh/authorized_keys"
cat >~/.ssh/config <<'CONFIG'
Host h1
  ProxyJump h0
Host h2
  IdentityFile ~/.ssh/special
Match host h3 exec true
  ConnectTimeout 5
  User root
CONFIG
how=auto
expect_hosts h0,h1,h2,h3,h4 'root on h0' 'root on h1' 'root on h2' 'root on h3' 'root on h4'
expect_no_text notice: "$STDERR"
assert_nothing_left

# A port of this machine leads to another one.
cat >~/.ssh/config <<'CONFIG'
Host box
  HostName localhost
  Port 2200
CONFIG
ssh -fN -L 2200:h3:22 h3
expect_hosts h0,box,h1 'root on h0' 'root on h3' 'root on h1'
pkill_own() { kill "$(pgrep -f 'ssh -fN -L 2200')"; }
pkill_own

# What it says for people who log in changes no start.
cat >~/.ssh/config <<'CONFIG'
Host *
  RemoteCommand echo hello; sleep 100
  RequestTTY force
  StdinNull yes
  SessionType none
  ForkAfterAuthentication yes
  LogLevel QUIET
  VisualHostKey yes
  PermitLocalCommand yes
  LocalCommand echo local
CONFIG
for host in h0 h1 h2; do
  testbed exec "$host" bash -c "echo '$(<~/.ssh/config)' >/root/.ssh/config"
done
for how in tree flat; do expect_hosts h0,h1,h3 'root on h0' 'root on h1' 'root on h3'; done
rm ~/.ssh/id_ed25519
expect_status 100 skyrun --host h0 --num-nodes 1 -- true
expect_text 'h0: connecting: root@h0: Permission denied (publickey)' "$STDERR"
