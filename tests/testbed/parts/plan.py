# SPDX-License-Identifier: Apache-2.0
"""What a world is made of: values read from the command line, which own nothing."""

import argparse
import ipaddress
import os
import pwd
from dataclasses import dataclass

STATE = "/run/testbed"  # inside the world only: its one directory, on a tmpfs that ends with it
NETWORK = ipaddress.ip_network("10.77.0.0/16")
MAX_HOSTS = 1000  # a bridge has 1024 ports

USAGE = "world [OPTION...] -- COMMAND [ARGUMENT...]"
DESCRIPTION = """Runs COMMAND on the host "client" of a private network of hosts h0, h1, ... that
exist only until it ends. See README.md beside this program."""


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int
    home: str


@dataclass(frozen=True)
class Host:
    """A host and what follows from its number: 0 is the client, i + 1 is h<i>."""

    number: int

    @property
    def name(self):
        return f"h{self.number - 1}" if self.number else "client"

    @property
    def address(self):
        return str(NETWORK[self.number + 1])

    @property
    def mac(self):
        return f"02:54:00:00:{self.number >> 8:02x}:{self.number & 255:02x}"

    @property
    def port(self):
        """The bridge's end of its cable."""
        return f"p{self.number}"

    @property
    def state(self):
        """Where the world keeps what outlives a power-off: its homes and the pid of its init."""
        return f"{STATE}/hosts/{self.name}"


@dataclass(frozen=True)
class Plan:
    hosts: tuple  # of Host, the client first
    accounts: tuple  # of Account, all of which may log in
    user: Account  # who runs the command
    node_ssh: bool
    full_disk: dict  # host name -> size of its homes, as tmpfs takes it
    sshd_options: tuple
    open_files: int | None
    visible: tuple  # directories seen at the same path on every host
    command: tuple

    @property
    def privileged(self):
        """False in a user namespace, where the caller's is the only account."""
        return self.accounts[0].uid == 0

    def host(self, name):
        for host in self.hosts:
            if host.name == name:
                return host
        raise ValueError(f"no host {name}: there are {self.hosts[0].name} and "
                         f"h0 to {self.hosts[-1].name}")

    def account(self, name):
        for account in self.accounts:
            if account.name == name:
                return account
        raise ValueError(f"no account {name}: there is " +
                         " and ".join(account.name for account in self.accounts))


def _accounts(user):
    if os.geteuid() == 0:
        other = "alice" if user in (None, "root") else user
        return (Account("root", 0, 0, "/root"), Account(other, 2001, 2001, f"/home/{other}"))
    try:
        own = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container may run under a number that nobody gave a name
        own = "user"
    return (Account(own, os.geteuid(), os.getegid(), f"/home/{own}"),)


def parse(arguments, checkout):
    """The plan that a command line asks for. Ends the program with a usage error where it is wrong."""
    parser = argparse.ArgumentParser("world", USAGE, DESCRIPTION, allow_abbrev=False)
    add = parser.add_argument
    add("--hosts", type=int, default=2, metavar="N", help="how many, beside the client (2)")
    add("--user", metavar="NAME", help="run COMMAND as this ordinary user (alice exists anyway)")
    add("--no-node-ssh", action="store_true", help="the hosts hold no key: only the client can log in")
    add("--full-disk", action="append", default=[], metavar="I:SIZE", help="h<I> has homes of SIZE in all")
    add("--sshd-option", action="append", default=[], metavar="NAME=VALUE", help="as in sshd_config")
    add("--open-files", type=int, metavar="N", help="ulimit -n of COMMAND and of every host")
    add("--visible", action="append", default=[], metavar="DIR", help="a directory to show everywhere")
    add("command", nargs="+")
    chosen = parser.parse_args(arguments)

    if not 1 <= chosen.hosts <= MAX_HOSTS:
        parser.error(f"--hosts {chosen.hosts}: from 1 to {MAX_HOSTS}")
    full_disk = {}
    for text in chosen.full_disk:
        index, _, size = text.partition(":")
        if not index.isdigit() or int(index) >= chosen.hosts or not size:
            parser.error(f"--full-disk {text}: say the number of a host and a size, as 3:20M")
        full_disk[f"h{int(index)}"] = size
    accounts = _accounts(chosen.user)
    users = {account.name: account for account in accounts}
    if chosen.user and chosen.user not in users:
        parser.error(f"--user {chosen.user}: in a user namespace {accounts[0].name} is the only account; "
                     "run this as root")
    return Plan(
        hosts=tuple(Host(number) for number in range(chosen.hosts + 1)),
        accounts=accounts,
        user=users[chosen.user or accounts[0].name],
        node_ssh=not chosen.no_node_ssh,
        full_disk=full_disk,
        sshd_options=tuple(chosen.sshd_option),
        open_files=chosen.open_files,
        visible=(checkout, *(os.path.realpath(path) for path in chosen.visible)),
        command=tuple(chosen.command),
    )
