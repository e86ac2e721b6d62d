# SPDX-License-Identifier: Apache-2.0
"""Starting hosts. A host is a process 1 of our own with network, mount, pid, uts and ipc namespaces
around it, which runs an sshd and buries orphans; killing it powers the host off."""

import os
import signal
import time

from parts import cpu, files, kernel, network, process

_SSHD = "/usr/sbin/sshd"  # it executes itself again for each connection, so by its whole path
_SSHD_CONFIG = """\
ListenAddress 0.0.0.0
HostKey /run/sshd_host_key
PidFile none
UsePAM no
MaxStartups 500:30:1000
MaxSessions 500
AcceptEnv LANG LC_*
PrintLastLog no
PasswordAuthentication no
KbdInteractiveAuthentication no
"""
_START_SECONDS = 30


def start(plan, hosts, cgroups):
    """Boots `hosts` all at once and returns when each one's sshd listens. Raises RuntimeError with the
    words of the first that failed."""
    plugged, plug = os.pipe()  # end of file: everyone has its eth0
    reports, report = os.pipe()  # a line per host, empty where all is well
    pids = {}
    for host in hosts:
        pids[host] = _fork_into_new_namespaces()
        if pids[host] == 0:
            os.close(plug)
            _run_host(plan, host, cgroups, plugged, report)
        with open(f"{host.state}/init", "w", encoding="ascii") as file:
            file.write(str(pids[host]))
    os.close(report)
    try:
        network.plug(pids)
        unplugged = None
    except RuntimeError as error:  # a host that could not start has better words
        unplugged = error
    os.close(plug)
    os.close(plugged)
    with os.fdopen(reports) as lines:
        said = [line.rstrip("\n") for line in lines]
    if unplugged and not any(said):
        raise unplugged
    if any(said) or len(said) < len(hosts):
        raise RuntimeError(next(filter(None, said), "a host ended while it started"))


def _fork_into_new_namespaces():
    """As os.fork(), with the child the first process of a pid namespace and alone on a network."""
    own = [os.open(f"/proc/self/ns/{name}", os.O_RDONLY) for name in ("pid", "net")]
    kernel.unshare(kernel.CLONE_NEWPID | kernel.CLONE_NEWNET)
    pid = os.fork()
    for fd in own:
        if pid:
            kernel.setns(fd)
        os.close(fd)
    return pid


def _run_host(plan, host, cgroups, plugged, report):
    """The life of a host's process 1. Does not return."""
    try:
        os.setsid()  # the terminal's Ctrl-C is for the command
        cpu.join(cgroups, host)
        kernel.unshare(kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS)
        kernel.set_hostname(host.name)
        files.furnish(plan, host)
        _leave_the_callers_files()
        os.read(plugged, 1)
        network.configure(host, plan.hosts)
        _start_sshd(plan)
        os.write(report, b"\n")
    except BaseException as error:
        os.write(report, f"{host.name}: {error}".replace("\n", "; ")[:500].encode() + b"\n")
        os._exit(1)
    os.close(report)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            signal.pause()


def _leave_the_callers_files():
    """Standard streams to a log of the host's own, so that it holds no pipe of who started the world."""
    log = os.open("/run/sshd.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    null = os.open("/dev/null", os.O_RDONLY)
    for fd, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(fd, target)


def _start_sshd(plan):
    with open("/run/sshd_config", "w", encoding="utf-8") as file:
        file.writelines(option.replace("=", " ", 1) + "\n" for option in plan.sshd_options)  # the first wins
        file.write(_SSHD_CONFIG)
    if not plan.privileged:
        with open("/proc/sys/net/ipv4/ip_unprivileged_port_start", "w", encoding="ascii") as file:
            file.write("0")
    daemon = os.fork()  # process 2 of the host, which controls.py counts on
    if daemon == 0:
        process.limit_open_files(plan.open_files)
        process.reset_signals()
        os.execve(_SSHD, [_SSHD, "-D", "-e", "-f", "/run/sshd_config"], {"PATH": process.PATH})
    deadline = time.monotonic() + _START_SECONDS
    while not network.is_listening(22):
        if os.waitpid(daemon, os.WNOHANG)[0] or time.monotonic() > deadline:
            with open("/run/sshd.log", encoding="utf-8") as file:
                raise RuntimeError(f"sshd: {file.read().strip() or 'does not listen'}")
        time.sleep(0.005)
