# SPDX-License-Identifier: Apache-2.0
"""Turns the lines that launch.sh wrote (hosts, launcher, seconds or "failed", CPU seconds of the client and
of the busiest host) into a table of medians per number of hosts. Ends with 1 where a run failed."""

import statistics
import sys

FLOOR = "ssh+curve25519"
HYDRA = "mpiexec.hydra"


def read(lines):
    """{hosts: {launcher: [(seconds, client, busiest)]}}, and how many runs failed."""
    runs, failed = {}, 0
    for line in lines:
        hosts, launcher, seconds, client, busiest = line.split()
        if seconds == "failed":
            failed += 1
        else:
            runs.setdefault(int(hosts), {}).setdefault(launcher, []).append(
                (float(seconds), float(client), float(busiest)))
    return runs, failed


def ratio(seconds, medians, other):
    return f"{seconds / medians[other]:.2f}" if other in medians else "-"


def print_table(hosts, launchers):
    medians = {name: statistics.median(run[0] for run in runs) for name, runs in launchers.items()}
    print(f"\n{hosts} hosts\n")
    print(f"| launcher | median s | least to most s | to {FLOOR} | to {HYDRA} | client CPU s | busiest host CPU s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, runs in launchers.items():
        seconds, client, busiest = zip(*runs)
        median = medians[name]
        print(f"| {name} | {median:.2f} | {min(seconds):.2f} to {max(seconds):.2f} | {ratio(median, medians, FLOOR)} "
              f"| {ratio(median, medians, HYDRA)} | {statistics.median(client):.2f} "
              f"| {statistics.median(busiest):.3f} |")


all_runs, failures = read(sys.stdin)
for size in sorted(all_runs):
    print_table(size, all_runs[size])
if failures:
    sys.exit(f"{failures} runs failed: the table is without them")
