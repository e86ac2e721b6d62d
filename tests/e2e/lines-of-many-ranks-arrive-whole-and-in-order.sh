#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 8
. "$(dirname "$0")/lib.sh"

# Both streams, lines in several writes, and much of it just before the end.
write_task <<'TASK'
num_nodes: 8
run: |
  python3 -u - <<'PYTHON'
  import os, sys
  rank = os.environ["SKYPILOT_NODE_RANK"]
  for line in range(1500):
      stream = sys.stderr if line % 3 == 0 else sys.stdout
      stream.write(f"{rank}:{line} ")
      stream.write("x" * (line % 200))
      stream.write("|\n")
  sys.stdout.write("".join(f"{rank}:{line} " + "x" * (line % 200) + "|\n" for line in range(1500, 5000)))
  sys.stdout.write("the end, without a newline")
  PYTHON
TASK
expect_status 0 on_hosts "$TASK"
for rank in 0 1 2 3 4 5 6 7; do
  expect_equal "$(lines_of $rank | md5sum)" \
    "$(python3 -c "
for line in range(5000): print(f'$rank:{line} ' + 'x' * (line % 200) + '|')
print('the end, without a newline')" | md5sum)" "the sum of what rank $rank printed"
done
# Nothing but what a rank or the driver said.
expect_equal "$(grep -vcE '^\((head|worker[1-7]), rank=[0-7], pid=[0-9]+(, ip=[0-9.]+)?\) ' "$STDOUT")" 6 \
  'the number of lines of the driver'
