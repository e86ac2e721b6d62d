#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
# world: --user alice
. "$(dirname "$0")/lib.sh"

# Whatever the umask lets others do, here and there.
on_each 'echo "umask 000" >.bashrc; echo "umask 000" >.zshenv; ln -sf .bashrc .profile'
umask 000
write_task <<'TASK'
num_nodes: 2
setup: echo set up
run: echo ran
TASK
expect_status 0 on_hosts "$TASK"
list='find sky_logs .skyrun ! -type l -printf "%m %y\n" | sort -u'
expect_equal "$(on_each "$list" | sort -u)" $'600 f\n700 d' 'modes on the nodes'
expect_equal "$(cd && eval "$list")" $'600 f\n700 d' 'modes here'
