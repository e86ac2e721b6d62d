#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

# To the loader of h1 it is the same: this skyrund asks for a C library that is newer than what it has.
bin=$SKYRUN_BUILD/bin
newest=$(objdump -T "$bin/skyrund" | grep -o 'GLIBC_2\.[0-9][0-9]' | sort -V | tail -n 1)
testbed exec h1 mount -t tmpfs none "$bin"
put() {
  testbed exec h1 bash -c "cat >$bin/skyrund && chmod +x $bin/skyrund"
}
sed "s/$newest/GLIBC_2.99/g" "$bin/skyrund" | put

expect_status 100 on_hosts --num-nodes 2 -- 'echo has run'
expect_text "skyrun: error: h1: starting skyrund: " "$STDERR"
expect_text "version \`GLIBC_2.99' not found" "$STDERR"
expect_text '; its C library is older than that which skyrun was built with: build skyrun on a system as old as the oldest node' "$STDERR"
expect_no_text ') has run' "$STDOUT"
assert_nothing_left

# A program of another processor: the field e_machine of ELF is none that there is.
{ head -c 18 "$bin/skyrund" && printf '\377\377' && tail -c +21 "$bin/skyrund"; } | put
expect_status 100 on_hosts --num-nodes 2 -- 'echo has run'
expect_text 'it has another processor than that which skyrun was built for' "$STDERR"

# One whose loader is not there, as on a system with another C library.
loader=$(readelf -l "$bin/skyrund" | sed -n 's/.*program interpreter: \(.*\)\]/\1/p')
sed "s|$loader|${loader//[a-z]/x}|" "$bin/skyrund" | put
expect_status 100 on_hosts --num-nodes 2 -- 'echo has run'
expect_text 'it has another C library than glibc, which skyrun needs' "$STDERR"
assert_nothing_left
