#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Reading and resolving a task of 2,000 lines: medians of five runs.
set -euo pipefail
build=${SKYRUN_BUILD:-$(dirname "$0")/../../build}
ninja -C "$build" --quiet task_bench
exec "$build/bin/task_bench" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
