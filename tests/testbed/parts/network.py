# SPDX-License-Identifier: Apache-2.0
"""One bridge in the world's network namespace, and a cable (a veth pair) from it to each host.

Hosts know each other's hardware addresses from the start. So nothing waits for ARP, 64 hosts that all
talk to each other do not overflow the kernel's table (1024 learned entries for the whole machine), and
a host that is off is silent, as behind a router, where ARP would say "no route to host" after 3 s."""

import fcntl
import socket
import struct
import subprocess

from parts import kernel
from parts.plan import NETWORK

_SIOCSIFFLAGS, _SIOCSIFADDR, _SIOCSIFNETMASK, _SIOCSARP = 0x8914, 0x8916, 0x891C, 0x8955
_IFF_UP = 0x1
_ATF_COM_PERM = 0x2 | 0x4
_ARPHRD_ETHER = 1


def _ip(lines):
    done = subprocess.run(["ip", "-batch", "-"], input="\n".join(lines), text=True, capture_output=True,
                          preexec_fn=kernel.keep_capabilities_over_exec)
    if done.returncode:
        raise RuntimeError(f"ip: {done.stderr.strip()}")


def create_bridge():
    _ip(["link add name br0 type bridge", "link set br0 up"])


def plug(pids):
    """Gives each host of `pids` (Host -> a process in its network namespace) its eth0."""
    _ip(f"link add name {host.port} up master br0 type veth peer name eth0 address {host.mac} netns {pid}"
        for host, pid in pids.items())


def unplug(host):
    try:
        _ip([f"link del {host.port}"])
    except RuntimeError as error:
        if "Cannot find device" not in str(error):
            raise  # the end of the host's namespace, which removes it too, did not come first


def set_link(host, state):
    _ip([f"link set {host.port} {state}"])


def configure(host, everyone):
    """Called in the host's network namespace once it has its eth0."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        _interface(control, _SIOCSIFFLAGS, "lo", struct.pack("h", _IFF_UP))
        _interface(control, _SIOCSIFADDR, "eth0", _sockaddr(host.address))
        _interface(control, _SIOCSIFNETMASK, "eth0", _sockaddr(str(NETWORK.netmask)))
        _interface(control, _SIOCSIFFLAGS, "eth0", struct.pack("h", _IFF_UP))
        for other in everyone:
            if other != host:
                _add_neighbour(control, other)


def _sockaddr(address):
    return struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(address))


def _interface(control, request, device, value):
    """An ioctl on a struct ifreq."""
    fcntl.ioctl(control, request, struct.pack("16s24s", device.encode(), value))


def _add_neighbour(control, other):
    """An ioctl on a struct arpreq."""
    hardware = struct.pack("H14s", _ARPHRD_ETHER, bytes.fromhex(other.mac.replace(":", "")))
    fcntl.ioctl(control, _SIOCSARP,
                struct.pack("16s16si16s16s", _sockaddr(other.address), hardware, _ATF_COM_PERM, b"", b"eth0"))


def is_listening(port):
    """Whether a process of this network namespace listens on the TCP port."""
    with open("/proc/net/tcp", encoding="ascii") as file:
        return any(line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A" for line in list(file)[1:])
