# SPDX-License-Identifier: Apache-2.0
"""Who may log in to the world's hosts, with which keys, and the files in /etc that say so."""

import os
import shutil
import subprocess

from parts.plan import STATE

ETC = f"{STATE}/etc"
KEYS = f"{STATE}/keys"


def write_etc(plan):
    """Writes the files of /etc that the world's differ in, for files.show_etc() to put in place."""
    os.makedirs(ETC)
    _write_users(plan.accounts)
    _write(f"{ETC}/hosts", "127.0.0.1 localhost\n::1 localhost\n" +
           "".join(f"{host.address} {host.name}\n" for host in plan.hosts))
    _write(f"{ETC}/nsswitch.conf", "".join(f"{name}: files\n" for name in ("passwd", "group", "shadow", "hosts")))


def make_keys(plan):
    """A key per account, and one for all hosts."""
    os.makedirs(KEYS, mode=0o700)
    for name in ("host", *(account.name for account in plan.accounts)):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", f"{KEYS}/{name}"],
                       check=True)


def _write_users(accounts):
    for name in ("passwd", "group", "shadow"):
        taken = tuple(f"{account.name}:" for account in accounts)
        try:
            with open(f"/etc/{name}", encoding="utf-8") as file:
                lines = [line for line in file if not line.startswith(taken)]
        except PermissionError:  # shadow, to whom is not root: nobody there reads the world's either
            lines = []
        for account in accounts:
            lines.append({
                "passwd": f"{account.name}:x:{account.uid}:{account.gid}::{account.home}:/bin/bash\n",
                "group": f"{account.name}:x:{account.gid}:\n",
                "shadow": f"{account.name}:*:19000:0:99999:7:::\n",  # no password, yet not locked
            }[name])
        _write(f"{ETC}/{name}", "".join(lines), 0o600 if name == "shadow" else 0o644)


def make_homes(plan, host):
    """A home per account for `host`, with the keys that this host may hold."""
    for account in plan.accounts:
        home = f"{host.state}/homes/{account.name}"
        os.makedirs(f"{home}/.ssh")
        shutil.copy(f"{KEYS}/{account.name}.pub", f"{home}/.ssh/authorized_keys")
        with open(f"{KEYS}/host.pub", encoding="utf-8") as file:
            _write(f"{home}/.ssh/known_hosts", "* " + file.read())
        if plan.node_ssh or host.number == 0:
            shutil.copy(f"{KEYS}/{account.name}", f"{home}/.ssh/id_ed25519")
        os.chmod(f"{home}/.ssh", 0o700)
        for path in (home, f"{home}/.ssh", *(f"{home}/.ssh/{name}" for name in os.listdir(f"{home}/.ssh"))):
            os.chown(path, account.uid, account.gid)


def _write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)
