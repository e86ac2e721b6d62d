# SPDX-License-Identifier: Apache-2.0
"""A process of the world that does for bin/testbed what only root may, on a socket that everyone in
the world may use: a test that runs as an ordinary user has the same controls.

A request is a JSON list of arguments with the asker's three standard streams; the answer is its exit
code in decimal digits."""

import json
import os
import signal
import socket
import struct
import sys
from dataclasses import dataclass

from parts import controls
from parts.files import CONTROL
from parts.plan import Plan

SOCKET = f"{CONTROL}/socket"
_REQUEST_BYTES = 1 << 20


@dataclass
class World:
    plan: Plan
    cgroups: object  # cpu.Cgroups or None


@dataclass
class Asker:
    pid: int
    connection: socket.socket


def start(world):
    """Starts the service, which ends with the world. Requests may be made at once."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(SOCKET)
    os.chmod(SOCKET, 0o666)
    listener.listen(64)
    if os.fork() == 0:
        _serve(world, listener)
    listener.close()


def _serve(world, listener):
    """Does not return."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    while True:
        connection = listener.accept()[0]
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            listener.close()
            _answer(world, connection)
        connection.close()


def _answer(world, connection):
    """Does not return."""
    code = 1
    try:
        request, streams, _, _ = socket.recv_fds(connection, _REQUEST_BYTES, 3)
        for target, fd in enumerate(streams):
            os.dup2(fd, target)
            os.close(fd)
        peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        code = controls.run(world, Asker(struct.unpack("3i", peer)[0], connection), json.loads(request)) or 0
        sys.stdout.flush()
    except (ValueError, OSError, RuntimeError) as error:
        print(f"testbed: {error}", file=sys.stderr, flush=True)
    try:
        connection.send(str(code).encode())
    except OSError:
        pass  # nobody waits any more
    os._exit(0)
