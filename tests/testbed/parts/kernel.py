# SPDX-License-Identifier: Apache-2.0
"""The Linux calls that Python 3.11 does not wrap. Each raises OSError with the kernel's reason."""

import ctypes
import os
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000

_AT_RECURSIVE = 0x8000
_MOUNT_ATTR_RDONLY = 0x1
_SYS_MOUNT_SETATTR = 442  # the same number on every architecture
_PR_SET_PDEATHSIG = 1
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_LINUX_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _call(what, function, *arguments):
    if function(*arguments) < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def unshare(flags):
    _call("unshare", _libc.unshare, flags)


def setns(fd, flags=0):
    """Moves this process into a namespace (an fd of /proc/PID/ns), or into all of `flags` of a pidfd."""
    _call("setns", _libc.setns, fd, flags)


def set_hostname(name):
    _call("sethostname", _libc.sethostname, name.encode(), len(name.encode()))


def die_with_parent(signal_number):
    """Cleared by a change of user, so call it after that."""
    _call("prctl", _libc.prctl, _PR_SET_PDEATHSIG, signal_number)


def mount(source, target, kind=None, flags=0, options=None):
    def text(value):
        return None if value is None else os.fsencode(value)

    _call(f"mount {target}", _libc.mount, text(source), text(target), text(kind),
          ctypes.c_ulong(flags), text(options))


def make_read_only(path):
    """Makes every mount at and below `path` read-only."""
    attributes = struct.pack("QQQQ", _MOUNT_ATTR_RDONLY, 0, 0, 0)
    _call(f"mount_setattr {path}", _libc.syscall, _SYS_MOUNT_SETATTR, -1, os.fsencode(path),
          _AT_RECURSIVE, attributes, ctypes.c_size_t(len(attributes)))


def keep_capabilities_over_exec():
    """Lets the next program have this process's capabilities though its user is not 0."""
    header = struct.pack("Ii", _LINUX_CAPABILITY_VERSION_3, 0)
    data = ctypes.create_string_buffer(24)  # two of {effective, permitted, inheritable}
    _call("capget", _libc.capget, header, data)
    words = list(struct.unpack("6I", data.raw))
    words[2], words[5] = words[1], words[4]
    _call("capset", _libc.capset, header, struct.pack("6I", *words))
    for capability in range(64):
        if (words[1], words[4])[capability // 32] >> capability % 32 & 1:
            _call("prctl", _libc.prctl, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0)
