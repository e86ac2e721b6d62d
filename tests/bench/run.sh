#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh [[--]NAME [ARGUMENT...]]: the benchmark NAME.sh beside this file, or without NAME each of them but chaos, which
# measures nothing and takes long, and skypilot and open-mpi, which need PyPI.
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
  case $benchmark in
    run.sh | chaos.sh | skypilot.sh | open-mpi.sh) ;;
    *) "./$benchmark" ;;
  esac
done
