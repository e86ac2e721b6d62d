#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""terminal COMMAND ARGUMENT...: runs it on a terminal of its own and ends with its exit code (128 + signal).

What comes in on standard input is typed there, and its end closes the terminal, as when a window is
closed or a connection lost. What the terminal shows goes to standard output."""

import os
import pty
import select
import signal
import sys


def main():
    pid, terminal = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as a person's shell has it
        os.execvp(sys.argv[1], sys.argv[1:])
    ended = os.pidfd_open(pid)
    while terminal >= 0:
        ready, _, _ = select.select([0, terminal], [], [])
        if terminal in ready and not show(terminal):
            break
        if 0 in ready:
            typed = os.read(0, 4096)
            if typed:
                os.write(terminal, typed)
            else:
                os.close(terminal)
                terminal = -1
    select.select([ended], [], [])
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def show(terminal):
    """False when nobody has the terminal open any more."""
    try:
        shown = os.read(terminal, 65536)
    except OSError:
        return False
    os.write(1, shown)
    return bool(shown)


code = main()
sys.exit(code if code >= 0 else 128 - code)
