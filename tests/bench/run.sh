#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh [[--]NAME [ARGUMENT...]]: the benchmark NAME.sh beside this file, or without NAME each of them but skypilot and
# open-mpi, which measure nothing and need PyPI.
set -euo pipefail
cd "$(dirname "$0")"

if (($#)); then
  name=${1#--}
  shift
  [[ -x $name.sh ]] || {
    echo "bench: no benchmark is called $name" >&2
    exit 2
  }
  exec "./$name.sh" "$@"
fi
for benchmark in *.sh; do
  [[ $benchmark == run.sh || $benchmark == skypilot.sh || $benchmark == open-mpi.sh ]] || "./$benchmark"
done
