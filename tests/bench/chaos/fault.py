# SPDX-License-Identifier: Apache-2.0
"""Makes a fault happen, and undoes what of it can be undone."""

import os
import signal
import threading
import time

from hosts import on, pid_of, testbed
from job import NotReached


class Fault:
    def __init__(self, row, job):
        self.row = row
        self.job = job
        self.pids = []
        self.restored = None

    def strike(self):
        row = self.row
        if row.fault == "off":
            testbed("power-off", row.host)
        elif row.victim == "link":
            testbed("cut", row.host)
            if row.fault != "cut for good":
                self.restored = threading.Timer(float(row.fault.split()[1]), testbed, ["restore", row.host])
                self.restored.start()
        elif row.victim == "client":
            os.kill(self.job.process.pid, getattr(signal, row.fault))
        else:
            self.pids = pid_of(row)
            if not self.pids:
                raise NotReached(f"no {row.victim} is there")
            on(row.host, f"kill -{row.fault[3:]} {' '.join(map(str, self.pids))}")
        return time.monotonic()

    def resume(self):
        """Who was stopped goes on, the link is back. A host that was powered off stays off."""
        if self.restored:
            self.restored.join()
        if self.row.fault == "SIGSTOP" and self.row.victim == "client":
            self.job.process.send_signal(signal.SIGCONT)
        elif self.row.fault == "SIGSTOP":
            on(self.row.host, f"kill -CONT {' '.join(map(str, self.pids))} 2>/dev/null")

    def undo(self):
        self.resume()
        if self.row.victim == "link":
            testbed("restore", self.row.host)
        if self.row.fault == "off":
            testbed("power-on", self.row.host)
