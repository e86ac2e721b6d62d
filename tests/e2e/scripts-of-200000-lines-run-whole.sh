#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 2
. "$(dirname "$0")/lib.sh"

python3 >"$TASK" <<'PYTHON'
print("num_nodes: 2")
for stage in "setup", "run":
    print(f"{stage}: |")
    for line in range(200_000):
        print(f"  {'echo' if line % 1000 == 0 else ': #'} {stage}-{line}")
PYTHON
expect_status 0 on_hosts "$TASK"
for rank in 0 1; do
  expect_equal "$(lines_of $rank)" "$(seq -f run-%.0f 0 1000 199999)" "what rank $rank ran"
done
expect_equal "$(sed -n 's/^(setup pid=[0-9]*, rank=0) //p' "$STDOUT")" "$(seq -f setup-%.0f 0 1000 199999)" \
  'what set up the head'
