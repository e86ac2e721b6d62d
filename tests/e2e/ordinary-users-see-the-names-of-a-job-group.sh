#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
# world: --user alice
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/support/job_group.sh"
expect_group_names
