# SPDX-License-Identifier: Apache-2.0
"""chaos [--quick] [--rows REGEX]: the fault matrix, on the client of a testbed of eight hosts (../chaos.sh).

Prints the table of docs/reliability.md, a row for each fault, and ends with 1 where one is wrong."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

import hosts
import verdict
from play import play
from rows import all_rows, quick_rows


def main():
    parser = argparse.ArgumentParser(prog="chaos", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each victim, fault and stage at least once")
    parser.add_argument("--rows", default="", metavar="REGEX", help='only those, as in "run: rank: SIGSTOP"')
    wanted = parser.parse_args()
    rows = [row for row in (quick_rows() if wanted.quick else all_rows()) if re.search(wanted.rows, str(row))]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chaos-") as scratch:
        before = prepare(scratch)
        print("| stage | who | fault | exit | seconds | processes | files | what is said |\n"
              "|---|---|---|---:|---:|---:|---:|---|")
        wrong = sum(show(row, *play(row, scratch, before)) for row in rows)
    print(f"\n{len(rows)} rows, {wrong} wrong, {time.monotonic() - began:.0f} s", flush=True)
    return 1 if wrong else 0


def prepare(scratch):
    """The files to ship, and what is on the hosts after a job that nothing happened to."""
    for name, size in (("small", 10), ("big", 24 << 20)):
        os.mkdir(f"{scratch}/chaos-{name}")
        with open(f"{scratch}/chaos-{name}/data", "wb") as file:
            file.write(os.urandom(size))
    subprocess.run([f"{os.environ['SKYRUN_BUILD']}/bin/skyrun", "--host", ",".join(hosts.NODES), "--num-nodes", "8",
                    "--workdir", f"{scratch}/chaos-small", "--", "true"], stdout=subprocess.DEVNULL, check=True)
    return hosts.files(hosts.EVERYWHERE)


def show(row, seen, grace):
    """Prints it. Is it wrong?"""
    fault = verdict.wrong(row, seen, grace)
    code = "-" if seen.code is None else 128 - seen.code if seen.code < 0 else seen.code
    said_nothing = (row.victim, row.fault) == ("client", "SIGKILL") and not fault
    text = "" if said_nothing else seen.text.replace("|", "\\|") + " "
    print(f"| {row.stage} | {row.victim} | {row.fault} | {code} | {seen.seconds:.1f} | {len(seen.processes)} | "
          f"{len(seen.files)} | {text}|", flush=True)
    if fault:
        print(f"WRONG {row}: {fault}", file=sys.stderr, flush=True)
    return bool(fault)


sys.exit(main())
