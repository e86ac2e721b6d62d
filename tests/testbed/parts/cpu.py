# SPDX-License-Identifier: Apache-2.0
"""CPU time per host: of a cpuacct cgroup (control groups v1) where root has them, exact to the
nanosecond; else summed over the host's /proc, exact to some 10 ms and blind to children that
nobody waited for.

Cgroups are the only thing of a world that does not vanish with its processes. So a process outside
it waits for its end, however that comes, and removes them."""

import os
import secrets
import signal
import time

_CPUACCT = "/sys/fs/cgroup/cpuacct"
_REMOVE_SECONDS = 10


class Cgroups:
    """A cgroup per host name. Made before the world, whose own view of them is read-only."""

    def __init__(self, names):
        self.path = f"{_CPUACCT}/testbed-{secrets.token_hex(4)}"
        for name in (".", *names):
            os.mkdir(os.path.normpath(f"{self.path}/{name}"))
        self.directory = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        world_ended, self._world_lives = os.pipe()  # each Python process of the world holds the latter
        self._remover = os.fork()
        if self._remover == 0:
            os.close(self._world_lives)
            _remove_at_end(self.path, world_ended)
        os.close(world_ended)

    def wait_until_removed(self):
        """Called outside the world, after its end."""
        os.close(self._world_lives)
        os.waitpid(self._remover, 0)

    def open(self, file, flags):
        return os.open(file, flags, dir_fd=self.directory)


def create(names):
    """None where there are no cgroups of our own to be had."""
    if os.geteuid() or not os.access(f"{_CPUACCT}/cgroup.procs", os.W_OK):
        return None
    return Cgroups(names)


def _remove_at_end(path, world_ended):
    """Does not return."""
    os.setsid()
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    null = os.open("/dev/null", os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)
    os.chdir("/")
    os.read(world_ended, 1)
    deadline = time.monotonic() + _REMOVE_SECONDS
    while os.path.exists(path) and time.monotonic() < deadline:
        for directory, _, _ in os.walk(path, topdown=False):
            try:
                os.rmdir(directory)
            except OSError:  # its last process is still on its way out
                time.sleep(0.002)
    os._exit(0)


def join(cgroups, host):
    """Puts this process, and all that it will start, on the bill of `host`."""
    if cgroups:
        fd = cgroups.open(f"{host.name}/cgroup.procs", os.O_WRONLY)
        os.write(fd, b"0")
        os.close(fd)


def used(cgroups, host):
    """Seconds, from its cgroup."""
    with os.fdopen(cgroups.open(f"{host.name}/cpuacct.usage", os.O_RDONLY)) as file:
        return int(file.read()) / 1e9


def used_here():
    """Seconds, of the processes of this pid namespace and the children they waited for."""
    ticks = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                ticks += sum(map(int, file.read().rpartition(")")[2].split()[11:15]))
        except (FileNotFoundError, ProcessLookupError):
            pass  # ended meanwhile: its parent has the time
    return ticks / os.sysconf("SC_CLK_TCK")
