#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 1
# world: --user alice
. "$(dirname "$0")/lib.sh"

mkdir "$SCRATCH/files"
echo content >"$SCRATCH/files/file"
mount_at() {
  write_task <<TASK
file_mounts:
  $1: $SCRATCH/files
run: cat $1/file
TASK
}

# Another user's link in /tmp is not followed; one's own is.
testbed exec h0 bash -c 'mkdir -m 777 /tmp/victim; ln -s /tmp/victim /tmp/x; chown -h nobody: /tmp/x'
mount_at /tmp/x
expect_status 100 on_hosts "$TASK"
expect_text "skyrun: error: h0: /tmp/x: 'x' is a link that another user has laid there" "$STDERR"
expect_equal "$(testbed exec h0 ls /tmp/victim)" '' 'what came through the link'
testbed exec h0 chown -h alice: /tmp/x
expect_status 0 on_hosts "$TASK"
expect_equal "$(testbed exec h0 ls /tmp/victim)" file 'what came through her own link'

# What sudo is asked for where alice may not write. It does nothing here but tell.
ssh -n h0 'mkdir bin; echo "PATH=~/bin:\$PATH" >.bashrc; touch bin/sudo; chmod +x bin/sudo'
ssh h0 'cat >bin/sudo' <<'SUDO'
#!/bin/sh
echo "$*" >>~/asked
SUDO
asked() { ssh -n h0 'cat asked 2>/dev/null; rm -f asked'; }
owner=$(ssh -n h0 'echo $(id -u):$(id -g)')
mount_at /missing/deep/data
expect_status 100 on_hosts "$TASK"
expect_equal "$(asked)" "-n mkdir -m 0755 -- /missing
-n chown -h -- $owner /missing
-n mkdir -m 0755 -- /missing/deep
-n chown -h -- $owner /missing/deep
-n ln -sT -- /home/alice/.sky/file_mounts/missing/deep/data /missing/deep/data" 'what sudo was asked for'

# Below a directory that she may not search nobody knows what there is: it is left alone.
testbed exec h0 bash -c 'mkdir -p /run/closed/data; chmod 700 /run/closed'
for place in /run/closed/data /run/closed/new/data; do
  mount_at $place
  expect_status 100 on_hosts "$TASK"
  expect_text "skyrun: error: h0: $place: cannot see what is there: Permission denied" "$STDERR"
  expect_equal "$(asked)" '' 'what sudo was asked for'
done
mount_at /usr
expect_status 100 on_hosts "$TASK"
expect_text 'skyrun: error: h0: !!! Failed mounting because path exists (/usr)' "$STDERR"
mount_at /bin
expect_status 100 on_hosts "$TASK"
expect_equal "$(asked)" '' 'what sudo was asked for'
