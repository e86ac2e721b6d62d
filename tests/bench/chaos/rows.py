# SPDX-License-Identifier: Apache-2.0
"""The rows of the fault matrix: what happens to whom at which stage.

The job has eight nodes in a tree of arity 2: h0 is the head, h1 an interior node with h3 and h4 below it, h7 a leaf
below h3. h6, elsewhere, is the one that a stage waits for."""

from dataclasses import dataclass

STAGES = ["nodes", "sync", "setup", "run", "end"]
HEAD, INTERIOR, LEAF, LATE = "h0", "h1", "h7", "h6"

# Who has the fault: where it is, and at which stages it is there.
VICTIMS = {
    "client": ("client", STAGES),
    "head": (HEAD, STAGES),
    "interior daemon": (INTERIOR, STAGES),
    "leaf daemon": (LEAF, STAGES),
    "shepherd": (INTERIOR, STAGES),
    "daemon and shepherd": (INTERIOR, STAGES),
    "file sink": (INTERIOR, ["sync"]),
    "rank": (INTERIOR, ["setup", "run", "end"]),
    "ssh": (HEAD, STAGES),  # the head's, to the interior node
    "host": (INTERIOR, STAGES),
    "link": (INTERIOR, STAGES),
}
FAULTS = {"host": ["off"], "link": ["cut 1 s", "cut 20 s", "cut for good"]}

# What one runs in a few minutes: each victim, each fault, each stage at least once.
QUICK = [
    ("nodes", "interior daemon", "SIGKILL"),
    ("nodes", "shepherd", "SIGSTOP"),
    ("sync", "file sink", "SIGKILL"),
    ("sync", "link", "cut for good"),
    ("setup", "host", "off"),
    ("setup", "head", "SIGKILL"),
    ("run", "daemon and shepherd", "SIGKILL"),
    ("run", "client", "SIGKILL"),
    ("run", "link", "cut 1 s"),
    ("end", "ssh", "SIGSTOP"),
    ("end", "leaf daemon", "SIGSTOP"),
    ("end", "rank", "SIGSTOP"),
]


@dataclass(frozen=True)
class Row:
    stage: str
    victim: str
    fault: str

    @property
    def host(self):
        return VICTIMS[self.victim][0]

    @property
    def culprit(self):
        """Whom the error must name."""
        return INTERIOR if self.victim == "ssh" else self.host

    def __str__(self):
        return f"{self.stage}: {self.victim}: {self.fault}"


def all_rows():
    return [Row(stage, victim, fault)
            for stage in STAGES
            for victim, (_, stages) in VICTIMS.items() if stage in stages
            for fault in FAULTS.get(victim, ["SIGKILL", "SIGSTOP"])]


def quick_rows():
    return [Row(*each) for each in QUICK]
