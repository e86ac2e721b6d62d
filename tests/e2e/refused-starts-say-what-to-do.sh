#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# shellcheck disable=SC2016 # for the shells of the hosts
. "$(dirname "$0")/lib.sh"

# expect_why TEXT [ARGUMENT...]: the start of h0 fails with it, in one line.
expect_why() {
  local text=$1
  shift
  expect_status 100 skyrun --host "${host:-h0}" --num-nodes 1 "$@" -- true
  expect_text "$text" "$STDERR"
  expect_equal "$(grep -c '^skyrun: error: ' "$STDERR")" 1 'number of errors'
}
good() { expect_status 0 skyrun --host h0 --num-nodes 1 "$@" -- true; }

# A key that has changed: which, where the old one is, and the command that removes it. It does.
cp ~/.ssh/known_hosts "$SCRATCH/known_hosts"
testbed exec h0 bash -c 'ssh-keygen -q -t ed25519 -N "" -f /run/other'
for name in h0 '[h0]:2222'; do
  {
    sed 's/^\*/h1/' "$SCRATCH/known_hosts"
    echo '# mine'
    echo "$name $(testbed exec h0 cat /run/other.pub | cut -d' ' -f1,2)"
  } >~/.ssh/known_hosts
  if [[ $name == h0 ]]; then
    expect_why 'h0: connecting: its host key has changed: it shows the ED25519 key SHA256:'
  else
    testbed exec h0 bash -c 'sed "s/^ListenAddress.*/ListenAddress 0.0.0.0:2222/" /run/sshd_config >/run/2222 &&
      exec /usr/sbin/sshd -f /run/2222 -p 2222'
    echo 'h0 port=2222' >"$SCRATCH/2222"
    expect_status 100 skyrun --hostfile "$SCRATCH/2222" --num-nodes 1 -- true
  fi
  expect_text ', which is not the one in /root/.ssh/known_hosts:3; ' "$STDERR"
  expect_no_text 'accept the host' "$STDERR"
  command=$(sed -n 's/.*remove the old key: \(.*\); if not.*/\1/p' "$STDERR")
  bash -c "$command" >/dev/null 2>&1
  expect_no_text "$name " ~/.ssh/known_hosts
done
expect_why 'Host key verification failed.; accept the host'"'"'s key once with ssh, or pass --ssh-option StrictHostKeyChecking=accept-new; try: ssh h0 true'
cp "$SCRATCH/known_hosts" ~/.ssh/known_hosts
good

# A key that others may read, a configuration that is none.
chmod 644 ~/.ssh/id_ed25519
expect_why "Permissions 0644 for '/root/.ssh/id_ed25519' are too open.; chmod 600 that file"
chmod 600 ~/.ssh/id_ed25519
printf '%s\n' 'Host *' ' Colour red' >~/.ssh/config
expect_why '/root/.ssh/config: line 2: Bad configuration option: colour; mend that line'
printf '%s\n' 'IgnoreUnknown Colour' 'Host *' ' Colour red' >~/.ssh/config
good
chmod 666 ~/.ssh/config
expect_why 'Bad owner or permissions on /root/.ssh/config; only you may write to that file: chmod 600'
rm ~/.ssh/config
expect_why 'command-line: line 0: Bad configuration option: colour; mend the --ssh-option' --ssh-option Colour=red

# serve OPTION...: sshd of h0 on port 2222 with these lines first.
serve() {
  testbed exec h0 bash -c 'kill "$(cat /run/2222.pid 2>/dev/null)" 2>/dev/null; : >/run/2222
    for line; do echo "$line" >>/run/2222; done
    sed "/^ListenAddress/d; /^PidFile/d" /run/sshd_config >>/run/2222; echo PidFile /run/2222.pid >>/run/2222
    exec /usr/sbin/sshd -p 2222 -f /run/2222' bash "$@"
  echo 'h0 port=2222' >"$SCRATCH/2222"
}
# expect_why_there TEXT [ARGUMENT...]: the same of that server.
expect_why_there() {
  local text=$1
  shift
  expect_status 100 skyrun --hostfile "$SCRATCH/2222" --num-nodes 1 "$@" -- true
  expect_text "$text" "$STDERR"
}
good_there() { expect_status 0 skyrun --hostfile "$SCRATCH/2222" --num-nodes 1 "$@" -- true; }

testbed exec h0 bash -c 'kill "$(pgrep -o -f "sshd -f /run/2222")"' || true
for name in a b c d e f; do ssh-keygen -q -t ed25519 -N '' -f "$SCRATCH/$name"; done
serve 'MaxAuthTries 2'
printf 'IdentityFile %s\n' "$SCRATCH"/[a-f] ~/.ssh/id_ed25519 >~/.ssh/config
expect_why_there 'Too many authentication failures; ssh offered more keys than that server looks at'
rm ~/.ssh/config

testbed exec h0 ssh-keygen -q -t rsa -N '' -f /run/rsa
serve 'HostKeyAlgorithms ssh-rsa' 'HostKey /run/rsa'
expect_why_there 'no matching host key type found. Their offer: ssh-rsa; take what it offers: --ssh-option HostKeyAlgorithms=+ssh-rsa'
good_there --ssh-option HostKeyAlgorithms=+ssh-rsa --ssh-option StrictHostKeyChecking=no
serve 'Ciphers 3des-cbc'
expect_why_there 'take what it offers: --ssh-option Ciphers=+3des-cbc'
good_there --ssh-option Ciphers=+3des-cbc

# Who takes the dear key exchange alone gets it.
serve 'KexAlgorithms sntrup761x25519-sha512@openssh.com'
good_there
serve 'KexAlgorithms diffie-hellman-group1-sha1'
expect_why_there 'take what it offers: --ssh-option KexAlgorithms=+diffie-hellman-group1-sha1'
good_there --ssh-option KexAlgorithms=+diffie-hellman-group1-sha1

# Accounts that take no logins.
testbed exec h0 bash -c 'cp -a /etc /run/etc && mount --bind /run/etc /etc && echo "back at noon" >/etc/nologin'
testbed exec h0 bash -c "echo '$(ssh-keygen -y -f ~/.ssh/id_ed25519)' >>/home/alice/.ssh/authorized_keys"
host=alice@h0 expect_why 'back at noon; logins are closed there (/etc/nologin)'
testbed exec h0 rm /etc/nologin
testbed exec h0 sed -i '/^alice:/s,/bin/bash,/usr/sbin/nologin,' /etc/passwd
host=alice@h0 expect_why "This account is currently not available.; the account's shell there takes no logins: name another one, as USER@HOST"
testbed exec h0 sed -i '/^alice:/s,/usr/sbin/nologin,/bin/missing,' /etc/passwd
host=alice@h0 expect_why "its sshd's log says what it minds (AllowUsers, a missing shell,"
testbed power-off h1
host=h1 expect_why 'h1: connecting: no answer within 2 s; try: ssh h1 true' --start-timeout 2
host=10.99.0.1 expect_why 'Network is unreachable; is that network connected?; try: ssh 10.99.0.1 true'
assert_nothing_left
