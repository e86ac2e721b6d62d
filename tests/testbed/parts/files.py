# SPDX-License-Identifier: Apache-2.0
"""What the world and its hosts see of the file system: the machine's, read-only, with their own
directories over every place that programs write to."""

import os
import shutil

from parts import accounts, kernel
from parts.plan import STATE

CONTROL = f"{STATE}/control"  # the directory of the socket that bin/testbed talks to

_SCRATCH = ("/tmp", "/var/tmp", "/dev/shm")


def _tmpfs(target, mode="0755", size="50%"):
    kernel.mount("testbed", target, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, f"mode={mode},size={size}")


def _bind(source, target):
    kernel.mount(source, target, None, kernel.MS_BIND | kernel.MS_REC)


def isolate():
    """Called in the world's fresh mount namespace: from here on nothing it does reaches the machine's files."""
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.make_read_only("/")
    kernel.mount("proc", "/proc", "proc")
    _tmpfs("/run")
    os.makedirs(CONTROL)


def show_etc():
    """Puts the files that accounts.write_etc() wrote in their places."""
    for name in os.listdir(accounts.ETC):
        target = os.path.realpath(f"/etc/{name}")
        if os.path.exists(target):
            _bind(f"{accounts.ETC}/{name}", target)


def make_disk(plan, host):
    """The storage of `host` that outlives a power-off."""
    os.makedirs(f"{host.state}/homes")
    if host.name in plan.full_disk:
        _tmpfs(f"{host.state}/homes", size=plan.full_disk[host.name])
    accounts.make_homes(plan, host)
    with open(f"{host.state}/hostname", "w", encoding="utf-8") as file:
        file.write(f"{host.name}\n")


def furnish(plan, host):
    """Called in the host's fresh mount namespace."""
    seen = [os.open(path, os.O_PATH) for path in plan.visible]
    kernel.mount("proc", "/proc", "proc")
    _mount_sys(plan)
    kernel.mount("devpts", "/dev/pts", "devpts", kernel.MS_NOSUID | kernel.MS_NOEXEC,
                 "newinstance,ptmxmode=0666,mode=620" + (",gid=5" if plan.privileged else ""))
    for path in _SCRATCH:
        _tmpfs(path, "1777")
    _bind(f"{host.state}/hostname", "/etc/hostname")
    _mount_homes(plan, host)
    for path, fd in zip(plan.visible, seen):
        _show(path, fd)
        os.close(fd)
    _mount_run(host)


def _mount_sys(plan):
    """A /sys that shows the host's own network devices, and the cgroups as they were."""
    cgroups = os.open("/sys/fs/cgroup", os.O_PATH)
    try:
        kernel.mount("sysfs", "/sys", "sysfs")
    except PermissionError:  # a container that hides parts of /sys forbids user namespaces a new one
        if plan.privileged:
            raise
    else:
        _bind(f"/proc/self/fd/{cgroups}", "/sys/fs/cgroup")
    os.close(cgroups)


def _mount_homes(plan, host):
    _tmpfs("/home")
    for account in plan.accounts:
        os.makedirs(account.home, exist_ok=True)
        _bind(f"{host.state}/homes/{account.name}", account.home)


def _show(path, fd):
    """Puts the directory `fd` back at `path` where one of the mounts above hid it."""
    if not os.path.exists(path) or not os.path.samestat(os.stat(path), os.fstat(fd)):
        os.makedirs(path, exist_ok=True)
        _bind(f"/proc/self/fd/{fd}", path)


def _mount_run(host):
    """Last, because it hides the world's own directory."""
    fresh = f"{host.state}/run"
    os.makedirs(fresh, exist_ok=True)
    _tmpfs(fresh)
    for directory in ("sshd", "lock", CONTROL.removeprefix("/run/")):
        os.makedirs(f"{fresh}/{directory}")
    _bind(CONTROL, fresh + CONTROL.removeprefix("/run"))
    shutil.copy(f"{accounts.KEYS}/host", f"{fresh}/sshd_host_key")
    _bind(fresh, "/run")
