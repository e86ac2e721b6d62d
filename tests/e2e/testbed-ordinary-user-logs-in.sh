#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# world: --user alice --no-node-ssh
. "$(dirname "$0")/lib.sh"

expect_equal "$(id -un) $HOME" 'alice /home/alice' 'who runs this'
# shellcheck disable=SC2016 # for the shell of h0
expect_status 0 ssh -n h0 'echo $(id -un) $HOME $(stat -c %U:%a $HOME); touch mine'
expect_line 'alice /home/alice alice:755' "$STDOUT"

# She is not root, there or here, and h0 holds no key to go on to h1.
expect_status 255 ssh -n root@h0 true
expect_text 'Permission denied' "$STDERR"
expect_status 255 ssh -n h0 ssh -n h1 true
expect_text 'Permission denied' "$STDERR"
expect_status 1 touch /root/mark

# Yet the controls are hers.
expect_status 0 testbed exec h0 --user alice ls
expect_line mine "$STDOUT"
expect_status 0 testbed exec h0 id -un
expect_line root "$STDOUT"
expect_status 0 testbed power-off h1
expect_status 1 testbed processes h1
assert_nothing_left
