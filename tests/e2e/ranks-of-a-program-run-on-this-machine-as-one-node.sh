#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
# shellcheck disable=SC2016 # for the shells of the ranks
. "$(dirname "$0")/lib.sh"

cd "$SCRATCH"
cat >program <<'PROGRAM'
#!/bin/sh
echo "$SKYRUN_RANK of $SKYRUN_SIZE, $SKYRUN_LOCAL_RANK of $SKYRUN_LOCAL_SIZE on $SKYPILOT_NODE_RANK in $PWD: $*"
echo "error of $SKYRUN_RANK" >&2
PROGRAM
chmod +x program

# Both streams apart, arguments as they are, without a shell between.
expect_status 0 skyrun -n 2 --map-by :OVERSUBSCRIBE ./program 'a  b' '$HOME' -- -x
for rank in 0 1; do
  grep -qE "^\(head, rank=$rank, pid=[0-9]+\) $rank of 2, $rank of 2 on 0 in $SCRATCH: a  b \\\$HOME -- -x$" "$STDOUT" ||
    fail "what rank $rank says: $(cat "$STDOUT")"
  expect_text "rank=$rank, " "$STDERR"
  expect_text "error of $rank" "$STDERR"
done
expect_no_text 'error of' "$STDOUT"
expect_equal "$(wc -l <"$STDOUT")" 2 'the lines of standard output'

# Where both are one file no line has pieces of two.
skyrun -n 2 --map-by :OVERSUBSCRIBE -- sh -c 'printf half; sleep 0.2; echo error >&2; sleep 0.2; echo whole' >both 2>&1
expect_equal "$(grep -cE '^\(head, rank=[01], pid=[0-9]+\) (half|error|whole|halfwhole)$' both)" "$(wc -l <both)" "whole lines in $(cat both)"

# Seated and bound as --place shows.
policy=slot:OVERSUBSCRIBE binding=core:overload-allowed
skyrun topo --place 8 --policy $policy --bind-to $binding | sed -n 's/^rank \([0-7]\): CPUs \([0-9,-]*[0-9]\).*/\1 \2/p' >placed
expect_status 0 skyrun -n 8 --map-by $policy --bind-to $binding -- \
  sh -c 'echo "$SKYRUN_RANK $(sed -n "s/^Cpus_allowed_list:\t//p" /proc/self/status)"'
expect_equal "$(sed 's/^[^)]*) //' "$STDOUT" | sort -n)" "$(cat placed)" 'what eight ranks are bound to'

# More than there are slots for is refused, with the remedy.
many=$(($(nproc) + 1))
expect_status 100 skyrun -n $many ./program
expect_text "$many ranks do not fit into" "$STDERR"
expect_text ':OVERSUBSCRIBE' "$STDERR"

# The first that fails is named, stops the others, and is the exit code.
expect_status 7 timeout 20 skyrun -n 4 --map-by :OVERSUBSCRIBE --bind-to none -- sh -c '[ $SKYRUN_RANK != 2 ] || exit 7; exec sleep 60'
expect_line 'skyrun: error: rank 2 on localhost: exit code 7' "$STDERR"
expect_text '2     localhost  exit code 7, the first to fail' "$STDERR"

# What is no program is said so.
expect_status 127 skyrun -n 1 ./nowhere
expect_line 'skyrun: error: rank 0 on localhost: ./nowhere: No such file or directory' "$STDERR"
expect_status 127 skyrun -n 1 no-such-program
expect_line 'skyrun: error: rank 0 on localhost: no-such-program: no such program in PATH' "$STDERR"

# Files and another directory only where it is said.
mkdir work
echo content >work/file
expect_status 0 skyrun -n 1 --workdir work cat file
expect_text 'content' "$STDOUT"
expect_status 0 skyrun -n 1 --wdir / -x A=b -- sh -c 'echo $PWD $A'
expect_text ') / b' "$STDOUT"
expect_status 127 skyrun -n 1 --wdir /nowhere hostname
expect_text '/nowhere: no such directory (--wdir)' "$STDERR"

# Embedded nodes share the cores: each has its part of the ranks.
expect_status 0 skyrun -n 4 --local 2 --map-by :OVERSUBSCRIBE --bind-to none 'echo "$SKYRUN_RANK on $SKYPILOT_NODE_RANK"'
expect_equal "$(sed 's/^[^)]*) //' "$STDOUT" | sort -n | paste -sd,)" '0 on 0,1 on 0,2 on 1,3 on 1' 'the ranks of the nodes'
