# SPDX-License-Identifier: Apache-2.0
"""What a test can do to a host. Each control is a function of the world, a host and the words after
it; what it prints goes to who asked, and its value is the exit code (None is 0)."""

import os
import select
import signal
import subprocess
import sys

from parts import boot, cpu, network, process

_SSHD = 2  # the pid, within each host, of the sshd that boot.py started


def run(world, asker, argv):
    """Runs `testbed ARGV`. Raises ValueError, worded for the person, where argv makes no sense."""
    name, *words = argv or ["help"]
    if name not in CONTROLS:
        print(_usage())
        return 0 if name in ("help", "--help", "-h") else 2
    control, takes, _ = CONTROLS[name]
    if name == "cpu" and not words:
        for host in world.plan.hosts:
            print(host.name, end=" ", flush=True)
            control(world, asker, host)
        return 0
    if not words or bool(words[1:]) != bool(takes):
        raise ValueError(f"say: testbed {name} HOST {takes}".rstrip())
    return control(world, asker, world.plan.host(words[0]), *words[1:])


def _power_off(world, asker, host):
    init = _init(host)
    network.set_link(host, "down")  # first, so that nobody hears of the dying sockets
    os.remove(f"{host.state}/init")
    ended = os.pidfd_open(init)
    os.kill(init, signal.SIGKILL)
    select.select([ended], [], [])  # readable once every process in the host is gone
    network.unplug(host)


def _power_on(world, asker, host):
    if process.find_init(host):
        raise ValueError(f"{host.name} is on")
    boot.start(world.plan, [host], world.cgroups)


def _cut(world, asker, host):
    network.set_link(host, "down")


def _restore(world, asker, host):
    network.set_link(host, "up")


def _lag(world, asker, host, milliseconds):
    done = subprocess.run(["tc", "qdisc", "replace", "dev", host.port, "root", "netem", "delay", f"{milliseconds}ms"],
                          stderr=subprocess.PIPE, text=True)
    if "qdisc kind is unknown" in done.stderr:
        raise ValueError("lag: this kernel has no netem (CONFIG_NET_SCH_NETEM)")
    if done.returncode:
        raise ValueError(f"lag: {done.stderr.strip()}")


def _silence(world, asker, host):
    return _inside(host, lambda: os.kill(_SSHD, signal.SIGSTOP))


def _unsilence(world, asker, host):
    return _inside(host, lambda: os.kill(_SSHD, signal.SIGCONT))


def _exec(world, asker, host, *argv):
    account = world.plan.accounts[0]
    if argv[0] == "--user" and len(argv) > 2:
        account = world.plan.account(argv[1])
        argv = argv[2:]
    variables = process.environment(account)
    return _inside(host, lambda: process.become(argv, account, variables), asker)


def _processes(world, asker, host):
    spared = _pid_in_its_host(asker.pid)
    return _inside(host, lambda: _list_processes(spared if host.number == 0 else None))


def _cpu(world, asker, host):
    if world.cgroups:
        print(f"{cpu.used(world.cgroups, host):.6f}")
        return 0
    return _inside(host, lambda: print(f"{cpu.used_here():.2f}", flush=True))


CONTROLS = {  # name: (function, words after the host, what it does)
    "power-off": (_power_off, "", "every process of the host vanishes and nobody is told"),
    "power-on": (_power_on, "", "starts it again, with its homes as they were"),
    "cut": (_cut, "", "takes its network link away"),
    "restore": (_restore, "", "gives the link back"),
    "lag": (_lag, "MILLISECONDS", "delays what is sent to it (0: no longer)"),
    "silence": (_silence, "", "its sshd accepts connections and says nothing"),
    "unsilence": (_unsilence, "", "its sshd speaks again"),
    "exec": (_exec, "[--user NAME] COMMAND...", "runs a command there, without ssh"),
    "processes": (_processes, "", "lists them, without init, sshd and who asks"),
    "cpu": (_cpu, "", "CPU seconds since it was started; of all hosts without HOST"),
}


def _usage():
    lines = ["usage: testbed CONTROL HOST, where HOST is h0, h1, ... or client"]
    lines += [f"  {name + ' HOST ' + words:40} {does}" for name, (_, words, does) in CONTROLS.items()]
    return "\n".join(lines)


def _init(host):
    init = process.find_init(host)
    if init is None:
        raise ValueError(f"{host.name} is off")
    return init


def _inside(host, function, asker=None):
    """Runs function() in the host; gives its exit code. Ends it when `asker` hangs up."""
    child = process.run_in(_init(host), function)
    waiting = [os.pidfd_open(child)] + ([asker.connection] if asker else [])
    if select.select(waiting, [], [])[0] == waiting[1:]:
        os.kill(child, signal.SIGKILL)
    return process.exit_code(os.waitpid(child, 0)[1])


def _pid_in_its_host(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return next(int(line.split()[-1]) for line in file if line.startswith("NSpid:"))


def _list_processes(spared):
    """Prints those of this pid namespace, without this one and `spared` and its ancestors."""
    table = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                name, _, rest = file.read().partition("(")[2].rpartition(")")
            with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
                command = file.read().replace("\0", " ").strip()
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, parent = rest.split()[:2]
        table[int(pid)] = (int(parent), name, command or f"({name}, state {state})")
    hidden = {1, os.getpid()}
    while spared in table:
        hidden.add(spared)
        spared = table[spared][0]
    for pid, (_, name, command) in sorted(table.items()):
        if pid not in hidden and name != "sshd":
            print(pid, command)
    sys.stdout.flush()
