# SPDX-License-Identifier: Apache-2.0
"""What is right for a row, by rules. No rule knows this machine: a job ends within the lease, the grace time and five
seconds of the fault; whoever is on has no process of it left by then, nor after who was stopped has gone on.

The lease is that between nodes, or where nothing but a node's own processes can see the fault, the longer ones of
node_daemon/shepherd/warden.h."""

from dataclasses import dataclass, field

LEASE, SHEPHERD_LEASE, WARDEN_LEASE, SLACK = 5, 15, 30, 5
FAILED, CANCELLED = 100, 103


@dataclass
class Seen:
    code: int | None = None       # None: it did not end
    seconds: float = 0            # from the fault, or what the rule names instead, to the end
    text: str = ""
    processes: list = field(default_factory=list)  # left when it had ended
    files: list = field(default_factory=list)


def survives(row):
    """Does the job go on as if nothing had been?"""
    return row.fault == "cut 1 s" or (is_spare(row) and row.fault == "SIGKILL")


def is_spare(row):
    """No job has it yet: another takes its place, once its daemon knows; it is missed by a job that comes before that."""
    return row.stage == "nodes" and row.victim == "shepherd"


def waits_for_a_person(row):
    """A stopped rank is its owner's business: the job waits, until it is told to stop."""
    return row.victim == "rank" and row.fault == "SIGSTOP" and row.stage != "end"


def seconds_allowed(row, grace):
    """Until the job has ended. A file sink that makes no progress has --sync-timeout, five seconds here as well."""
    unseen = row.victim == "shepherd" and row.fault == "SIGSTOP"
    return (SHEPHERD_LEASE if unseen else LEASE) + SLACK + grace


def seconds_until_gone(row, grace):
    """Until nobody but who is stopped is left on any host."""
    lease = LEASE
    if row.fault == "SIGSTOP" and row.victim == "daemon and shepherd":
        lease = WARDEN_LEASE
    elif row.fault == "SIGSTOP" and (row.victim in ("head", "shepherd") or row.victim.endswith(" daemon")):
        lease = SHEPHERD_LEASE
    return lease + SLACK + grace


def code_wanted(row):
    if row.victim == "client" and row.fault == "SIGKILL":
        return -9
    if waits_for_a_person(row):
        return CANCELLED
    if survives(row) and row.stage != "end":
        return 0
    return FAILED


def words_wanted(row):
    """Each must be in the text."""
    if row.victim == "client":
        return [] if row.fault == "SIGKILL" else ["h0: node lost"]
    if waits_for_a_person(row):
        return ["CANCELLED"]
    if survives(row):
        return ["exit code 7, the first to fail"] if row.stage == "end" else ["SUCCEEDED"]
    if row.victim == "rank" and row.stage != "end":
        return [f"{row.culprit} signal 9 (Killed), the first to fail"]
    if row.victim == "rank":
        return ["exit code 7, the first to fail"]
    named = f"skyrun: error: {row.culprit}: "
    # At the end the job has failed already, by rank 3; who is lost with the head cannot say so.
    if row.stage == "end" and row.victim != "head":
        return ["exit code 7, the first to fail", named]
    return [named]


def wrong(row, seen, grace):
    """What is not as it should be; empty for a row that is right."""
    faults = []
    if seen.code is None:
        faults.append("it did not end")
    elif seen.code != code_wanted(row):
        faults.append(f"exit code {seen.code}, not {code_wanted(row)}")
    faults += [f"no '{words}'" for words in words_wanted(row) if words not in seen.text]
    if seen.seconds > seconds_allowed(row, grace):
        faults.append(f"took {seen.seconds:.1f} s of {seconds_allowed(row, grace)} s")
    if seen.processes:
        faults.append(f"processes left: {'; '.join(seen.processes[:4])}")
    if seen.files:
        faults.append(f"files left: {' '.join(seen.files[:4])}")
    return ", ".join(faults)
