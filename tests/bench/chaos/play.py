# SPDX-License-Identifier: Apache-2.0
"""Has one row happen, from the start of its job until nothing of it is left, and says what was seen.

What is left is looked for twice: when the job has ended and whoever is on has had the time to see it, without those that
are stopped; and again when they go on."""

import os
import subprocess
import time

import hosts
import verdict
from fault import Fault
from job import Job, NotReached

_PATIENCE = 40  # for what should not take so long, to see how wrong a row is


def play(row, scratch, before):
    """(what was seen, the grace time of its job); `before` are the files that were there."""
    seen = verdict.Seen()
    job = Job(scratch, row)
    fault = Fault(row, job)
    try:
        job.await_stage()
        struck = fault.strike()
        _watch(row, job, struck, seen)
        spared = {("client", job.process.pid)} if row.victim == "client" else {(row.host, pid) for pid in fault.pids}
        left = _left_by(struck + verdict.seconds_until_gone(row, job.grace), spared, dead_count=False)
        fault.resume()
        if row.victim == "client":
            job.ends_within(_PATIENCE)
        left |= _left_by(time.monotonic() + verdict.LEASE + verdict.SLACK)
        seen.code, seen.text = job.process.poll(), job.text()
        seen.processes = [f"{host}: {command}" for (host, _), command in left.items()]
    except NotReached as why:
        seen.text = str(why)
    finally:
        _clean_up(job, fault)
    if row.fault == "off" or row.victim == "daemon and shepherd":
        _come_again(row.host)  # nobody was there to clean up, until somebody comes
    seen.files = [f"{host}:{path}" for host, path in sorted(hosts.files(hosts.EVERYWHERE) - before)]
    return seen, job.grace


def _watch(row, job, struck, seen):
    """Until the job has ended, or with the client as the victim until its nodes are empty."""
    if row.victim == "client":
        _left_by(struck + _PATIENCE, {("client", job.process.pid)}, dead_count=False)
        seen.seconds = time.monotonic() - struck
        return
    if verdict.survives(row) and row.stage != "end":
        time.sleep(2)  # twice as long as the link was cut
        struck = time.monotonic()
        job.let_go()
    elif verdict.is_spare(row):
        job.let_go()
    if verdict.waits_for_a_person(row):
        time.sleep(1)
        struck = time.monotonic()
        job.process.terminate()
    job.ends_within(_PATIENCE)
    seen.seconds = time.monotonic() - struck


def _left_by(deadline, spared=frozenset(), dead_count=True):
    """Who is left by then; returns sooner when nobody is. Who is dead may wait for a stopped parent to collect it."""
    while True:
        left = {who: command for who, command in hosts.processes().items()
                if who not in spared and (dead_count or not command.endswith(", state Z)"))}
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.1)


def _clean_up(job, fault):
    """For the next row."""
    fault.undo()
    if job.row.stage == "nodes":
        hosts.testbed("unsilence", "h6")
    if job.stopper and job.stopper.poll() is None:
        job.stopper.terminate()
    if job.process.poll() is None:
        job.process.kill()
    job.process.wait()
    for host, pid in _left_by(time.monotonic() + 3):
        hosts.on(host, f"kill -KILL {pid}")


def _come_again(host):
    subprocess.run([f"{os.environ['SKYRUN_BUILD']}/bin/skyrun", "--host", host, "--", "true"],
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
