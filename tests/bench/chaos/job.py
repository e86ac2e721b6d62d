# SPDX-License-Identifier: Apache-2.0
"""One job of the matrix. It passes its stages but for one, at which it is held until it is let go:

    nodes        h6's sshd accepts the connection and says nothing
    sync         h6's file sink is stopped (where the fault is a stopped file sink: that one)
    setup, run   each node's shell waits for a file
    end          rank 3 has failed, and nobody else heeds SIGTERM"""

import os
import re
import subprocess
import time

from hosts import NODES, each, on, testbed
from rows import INTERIOR, LATE

GRACE = {"end": 8}  # seconds; long enough for the fault to come in it
USUAL_GRACE = 3
_PATIENCE = 60  # for a stage to be reached

_TASK = """\
num_nodes: 8
workdir: {workdir}
setup: |
  echo in setup $HOLD
  [ "$HOLD" != setup ] || until [ -e ~/go ]; do sleep 0.1; done
run: |
  setsid bash -c 'trap "" TERM HUP; sleep 1001; true' >/dev/null 2>&1 &
  (trap "" TERM HUP; exec sleep 1002) >/dev/null 2>&1 &
  echo in run $HOLD
  if [ "$HOLD" = run ]; then
    until [ -e ~/go ]; do sleep 0.1; done
  elif [ "$HOLD" = end ]; then
    trap 'echo heeds nothing' TERM
    until [ $SKYPILOT_NODE_RANK = 3 ] && [ -e ~/go ]; do sleep 0.1; done
    exit 7
  fi
  exit 0
"""


class NotReached(Exception):
    """The stage was not reached, and why."""


class Job:
    def __init__(self, scratch, row):
        self.row = row
        self.grace = GRACE.get(row.stage, USUAL_GRACE)
        self.stopper = self.stopped_host = None
        self._hold_before()
        workdir = f"{scratch}/chaos-{'big' if row.stage == 'sync' else 'small'}"
        task = f"{scratch}/chaos-task.yaml"
        with open(task, "w", encoding="utf-8") as file:
            file.write(_TASK.format(workdir=workdir))
        self.out, self.err = f"{scratch}/chaos-out", f"{scratch}/chaos-err"
        timeout = "5" if self.stopped_host == INTERIOR else "60"
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            self.process = subprocess.Popen(
                [f"{os.environ['SKYRUN_BUILD']}/bin/skyrun", "--host", ",".join(NODES), "--tree-arity", "2",
                 "--grace", str(self.grace), "--sync-timeout", timeout, "--env", f"HOLD={row.stage}", task],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)

    def _hold_before(self):
        each(NODES, lambda host: on(host, "rm -f ~/go"))
        if self.row.stage == "nodes":
            testbed("silence", LATE)
        if self.row.stage == "sync":
            by_fault = self.row.victim == "file sink" and self.row.fault == "SIGSTOP"
            self.stopped_host = INTERIOR if by_fault else LATE
            self.stopper = subprocess.Popen(
                ["testbed", "exec", self.stopped_host, "bash", "-c",
                 "until sink=$(pgrep -f '[-]-file-sink '); do :; done; kill -STOP $sink"], stdin=subprocess.DEVNULL)

    def await_stage(self):
        """Until it is held. Raises NotReached."""
        if self.row.stage == "nodes":
            rest = [host for host in NODES if host != LATE]
            self._await(lambda: all(each(rest, lambda host: on(host, "pgrep -f -- ' --shepherd$'")).values()))
        elif self.row.stage == "sync":
            self._await(lambda: self.stopper.poll() == 0)
        elif self.row.stage == "end":
            self._await(lambda: self.said("in run end") == 8)
            on("h3", "touch ~/go")
            self._await(lambda: self.said("heeds nothing") >= 7)
        else:
            self._await(lambda: self.said(f"in {self.row.stage} {self.row.stage}") == 8)

    def _await(self, reached):
        deadline = time.monotonic() + _PATIENCE
        while not reached():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise NotReached(f"{self.row.stage} was not reached: {self.text()}")
            time.sleep(0.05)

    def said(self, words):
        with open(self.out, encoding="utf-8") as out:
            return len(re.findall(rf"\) {words}$", out.read(), re.M))

    def let_go(self):
        if self.row.stage == "nodes":
            testbed("unsilence", LATE)
        elif self.row.stage == "sync":
            on(self.stopped_host, "pkill -CONT -f -- ' --file-sink '")
        else:
            each(NODES, lambda host: on(host, "touch ~/go"))

    def ends_within(self, seconds):
        try:
            self.process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def text(self):
        """The one line that says it: the first error, else who was the first to fail, else the last line."""
        with open(self.err, encoding="utf-8", errors="replace") as err:
            errors = [line.strip() for line in err if line.startswith("skyrun: error: ")]
        with open(self.out, encoding="utf-8", errors="replace") as out:
            lines = [line.strip() for line in out if line.strip()]
        first = [" ".join(line.split()) for line in lines if line.endswith(", the first to fail")]
        last = [line for line in lines if " Job finished " in line] or lines[-1:]
        return "; ".join(errors + first or last)
