# SPDX-License-Identifier: Apache-2.0
"""The hosts of the testbed, as the matrix sees them: their processes, their files."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

NODES = [f"h{i}" for i in range(8)]
EVERYWHERE = ["client", *NODES]
_POOL = ThreadPoolExecutor(9)

# What a job may leave: its logs, its workdir, the number of the next one; and what this program itself makes.
_KEPT = r"/sky_logs\|/sky_workdir\|/\.skyrun$\|/\.skyrun/[a-z_]*$\|/go$\|/chaos-"
_PLACES = "/root /home /tmp /var/tmp /dev/shm /run"


def testbed(*words):
    """(exit code, output) of a control."""
    done = subprocess.run(["testbed", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    return done.returncode, done.stdout


def on(host, command):
    return testbed("exec", host, "bash", "-c", command)[1]


def each(hosts, action):
    """{host: action(host)}, all at once."""
    return dict(zip(hosts, _POOL.map(action, hosts)))


def processes():
    """{(host, pid): command} of those of jobs on every host that is on."""
    lists = each(EVERYWHERE, lambda host: testbed("processes", host)[1])
    lines = [(host, *line.split(" ", 1)) for host, text in lists.items() for line in text.splitlines()]
    return {(host, int(pid)): command for host, pid, command in lines
            if "/testbed " not in command and not command.startswith(("python3 ", "(testbed, "))}


def files(hosts):
    """{(host, path)} of what is there beside what a job may leave. Half a file of a workdir counts."""
    command = f"{{ find {_PLACES} -name '.skyrun-*'; find {_PLACES} | grep -v '{_KEPT}'; }} 2>/dev/null"
    return {(host, path) for host, text in each(hosts, lambda host: on(host, command)).items()
            for path in text.splitlines()}


def pid_of(row):
    """The processes that the row's fault happens to; [] where they are not there."""
    if row.victim == "host" or row.victim == "link":
        return []
    shepherd = "pgrep -f -- ' --shepherd$'"
    daemon = "pgrep -f '^[^ ]*/skyrund$'"
    look = {
        "head": daemon, "interior daemon": daemon, "leaf daemon": daemon,
        "shepherd": shepherd,
        "daemon and shepherd": f"{daemon}; {shepherd}",
        "file sink": "pgrep -f -- ' --file-sink '",
        "rank": f"pgrep -o -P $({shepherd}) -x bash",
        "ssh": f"pgrep -f '^ssh .* {row.culprit} echo '",
    }[row.victim]
    return [int(word) for word in on(row.host, look).split()]
