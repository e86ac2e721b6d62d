# SPDX-License-Identifier: Apache-2.0
"""Becoming another program: as whom, with what environment, and in which host."""

import os
import resource
import signal
import sys

from parts import kernel

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_KEPT = ("SKYRUN_", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TERM")
_ALL_OF_A_HOST = (kernel.CLONE_NEWPID | kernel.CLONE_NEWNS | kernel.CLONE_NEWNET |
                  kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS)


def environment(account, tools=None):
    """A clean one, the same wherever the world was started from; `tools` is put before the PATH."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(_KEPT)}
    return kept | {
        "HOME": account.home, "USER": account.name, "LOGNAME": account.name, "SHELL": "/bin/bash",
        "PATH": f"{tools}:{PATH}" if tools else PATH, "LANG": "C.UTF-8",
    }


def become(argv, account, variables, directory=None):
    """Does not return. Exits with 127 where there is no such program."""
    if os.geteuid() == 0:
        os.initgroups(account.name, account.gid)
        os.setgid(account.gid)
        os.setuid(account.uid)
    kernel.die_with_parent(signal.SIGKILL)
    try:
        os.chdir(directory or account.home)
    except OSError:
        os.chdir(account.home)
    reset_signals()
    try:
        os.execvpe(argv[0], argv, variables)
    except OSError as error:
        print(f"{argv[0]}: {error.strerror}", file=sys.stderr)
        sys.stderr.flush()
    os._exit(127)


def reset_signals():
    """Python ignores some, and the world ignores the terminal's: a program expects neither."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)


def limit_open_files(count):
    if count is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))


def run_in(init, function):
    """Starts function() in a new process of the host whose init is `init`, and returns the pid of a
    process here that ends as that one does. Killing it kills what become() made of the other."""
    here = os.fork()
    if here:
        return here
    try:
        kernel.setns(os.pidfd_open(init), _ALL_OF_A_HOST)
        there = os.fork()
        if there == 0:
            function()
            os._exit(0)
        os._exit(exit_code(os.waitpid(there, 0)[1]))
    except BaseException as error:  # nothing may return into the caller's copy
        print(f"testbed: {error}", file=sys.stderr)
        sys.stderr.flush()
    os._exit(126)


def exit_code(status):
    """Of a status from wait, as a shell says it."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def find_init(host):
    """The pid, in the world, of the host's process 1. None when it is off."""
    try:
        with open(f"{host.state}/init", encoding="ascii") as file:
            return int(file.read())
    except FileNotFoundError:
        return None
