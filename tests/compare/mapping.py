# SPDX-License-Identifier: Apache-2.0
"""mapping.py DOCUMENT TABLE...: where skyrun and Open MPI put ranks differently.

Every case of the tables (tests/data/mapping) is given to the real mpirun, which shows its map and
launches nothing: hosts and machines are simulated. Compared are the node and the CPUs of each rank,
and that it is an error. A difference is explained when DOCUMENT (docs/mapping-differences.md) names
its case in backquotes. Prints a Markdown table of what is not explained, and ends with 1 when there
is any.

MPIRUN_5 is the mpirun of Open MPI 5, or PRRTE's prterun; MPIRUN_4 that of Open MPI 4.1, which shows
nodes only. Without MPIRUN_4 the cases of its defaults are left out. COMPARE_SHOW=1 prints what they
print. `./dev bench --open-mpi` sets all this up.
"""
import dataclasses
import functools
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile


@dataclasses.dataclass
class Case:
    table: str
    shape: str
    allowed: str
    nodes: list  # of name, slots, max_slots or ""
    options: list
    file_lines: list
    line: str
    expected: list = dataclasses.field(default_factory=list)

    @property
    def title(self):
        return f"{self.table} {self.line}"

    @property
    def is_of_4(self):
        return "--defaults" in self.options

    @property
    def is_ours(self):
        """Mapped by a policy that Open MPI does not have."""
        return any(re.match("(strict|fill)(:|$)", value)
                   for option, value in zip(self.options, self.options[1:])
                   if option == "--map-by")


def read_table(path):
    world = {"shape": "", "allowed": "", "nodes": ""}
    cases = []
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if line.startswith("  "):
            cases[-1].expected.append(line.strip())
        elif line.startswith("-"):
            options, _, file_text = line.partition(" < ")
            nodes = [(node + "::").split(":")[:3] for node in world["nodes"].split()]
            file_lines = [each.strip() for each in file_text.split("/") if each]
            cases.append(Case(path.stem, world["shape"], world["allowed"], nodes, options.split(),
                              file_lines, line))
        elif word in world:
            world[word] = rest
    return cases


class Machine:
    """A shape for hwloc, which counts CPUs core by core; the tables count them as Linux does."""

    def __init__(self, shape, allowed):
        self.levels = [part.split() for part in shape.split(" x ")]
        self.threads = int(self.levels[-1][0]) if self.levels[-1][1] == "hwthread" else 1
        self.cores = 1
        for count, _ in self.levels:
            self.cores *= int(count)
        self.cores //= self.threads
        self.allowed = numbers(allowed) if allowed else set(range(self.cores * self.threads))
        self.usable = [core for core in range(self.cores) if self.cpus_of(core) & self.allowed]

    def cpus_of(self, core):
        return {core + thread * self.cores for thread in range(self.threads)}

    def core(self, logical):
        return self.cpus_of(self.usable[logical]) & self.allowed

    def thread(self, number):
        return {number // self.threads + number % self.threads * self.cores}

    def write(self, path):
        names = {"package": "pack", "l3cache": "l3", "l2cache": "l2", "hwthread": "pu"}
        parts = [f"{names.get(level, level)}:{count}" for count, level in self.levels]
        if not any(level == "numa" for _, level in self.levels):
            parts.insert(1, "numa:1")  # hwloc always has one; of real machines a package does
        if self.threads == 1:
            parts.append("pu:1")
        mask = 0
        for cpu in self.allowed:
            mask |= 1 << (cpu % self.cores * self.threads + cpu // self.cores)
        subprocess.run(["lstopo", "-f", "-i", " ".join(parts), "--disallowed", "--allow",
                        hex(mask), "--of", "xml", str(path)], check=True)


def numbers(text):
    result = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        result |= set(range(int(first), int(last or first) + 1))
    return result


@functools.cache
def topology(directory, shape, allowed):
    machine = Machine(shape, allowed)
    path = pathlib.Path(directory) / f"{abs(hash((shape, allowed)))}.xml"
    machine.write(path)
    return machine, str(path)


def prepare(case, directory, names):
    """The options of the case, with its hosts and the lines of its file where mpirun finds them."""
    options = list(case.options)
    if case.is_of_4:
        at = options.index("--defaults")
        del options[at:at + 2]
    hosts = pathlib.Path(directory) / "hosts"
    hosts.write_text("".join(
        f"{names[name]} slots={slots}" + (f" max_slots={most}\n" if most else "\n")
        for name, slots, most in case.nodes), encoding="utf-8")
    if case.file_lines:
        lines = "\n".join(case.file_lines) + "\n"
        first = case.nodes[0][0]
        listed = pathlib.Path(directory) / "listed"
        listed.write_text(re.sub(rf"\b{first}\b", names[first], lines), encoding="utf-8")
        options[options.index("--map-by") + 1] += f":file={listed}"
    return ["--hostfile", str(hosts), *options, "true"]


def run(case, directory):
    """What mpirun makes of a case: (node, CPUs) of every rank, or the error."""
    machine, xml = topology(directory, case.shape, case.allowed)
    names = {node[0]: node[0] for node in case.nodes}
    names[case.nodes[0][0]] = socket.gethostname()  # the first is where the launcher runs
    if case.is_of_4:
        command = [os.environ["MPIRUN_4"], "--mca", "hwloc_base_topo_file", xml,
                   "--display-devel-map", "--do-not-launch", "--novm"]
    else:
        command = [os.environ["MPIRUN_5"], "--prtemca", "hwloc_use_topo_file", xml,
                   "--display", "map-devel", "--rtos", "donotlaunch"]
    command += prepare(case, directory, names)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=60, check=False)
    if os.environ.get("COMPARE_SHOW") == "1":
        print(" ".join(command), done.stdout)
    ranks = ranks_of(machine, done.stdout, {host: name for name, host in names.items()})
    return ranks or error_of(done.stdout)


def error_of(text):
    lines = [line.strip() for line in text.splitlines() if line.strip(" -\n")]
    return "error " + " ".join(lines)


def ranks_of(machine, text, names):
    ranks = {}
    node, rank = "", 0
    for line in text.splitlines():
        if found := re.match(r"\s*Data for node: (\S+)", line):
            node = names.get(found[1], found[1])
        elif found := re.match(r"\s*Data for proc: \[\S+,(\d+)\]", line):
            rank = int(found[1])
        elif found := re.match(r"\s*Binding: ?(.*)", line):
            ranks[rank] = (node, cpus_text(machine, found[1]) if found[1] else "")
    return [ranks[rank] for rank in sorted(ranks)]


def cpus_text(machine, text):
    cpus = set()
    for kind, listed in re.findall(r"\[(core|hwt):L?([\d,-]+)\]", text):
        for logical in numbers(listed):
            cpus |= machine.core(logical) if kind == "core" else machine.thread(logical)
    return ranges(cpus) if cpus else "-"


def ranges(cpus):
    runs = []
    for cpu in sorted(cpus):
        if runs and runs[-1][1] == cpu - 1:
            runs[-1][1] = cpu
        else:
            runs.append([cpu, cpu])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def ours(case):
    if case.expected[0].startswith("error"):
        return case.expected[0]
    ranks = []
    for line in case.expected:
        ranks.append(re.match(r"\d+ (\S+) local \d+ (?:object \d+ )?cpus (\S+)", line).groups())
    return ranks


def differences(mine, theirs):
    """(what, ours, theirs) of each difference."""
    if isinstance(mine, str) and isinstance(theirs, str):
        return []
    if isinstance(mine, str) or isinstance(theirs, str):
        return [("", shown(mine), shown(theirs))]
    found = []
    for place, what in enumerate(("nodes", "CPUs")):
        a, b = [rank[place] for rank in mine], [rank[place] for rank in theirs]
        if a != b and any(b):
            found.append((what, " ".join(a), " ".join(b)))
    return found


def shown(value):
    return value[:160] if isinstance(value, str) else "; ".join(" ".join(map(str, r)) for r in value)


def main():
    explained = set(re.findall(r"`([^`]+)`", pathlib.Path(sys.argv[1]).read_text("utf-8")))
    counts = {"same": 0, "explained": 0, "different": 0, "untold": 0}
    print("| case | what | skyrun | Open MPI |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as directory:
        for case in (case for path in sys.argv[2:] for case in read_table(pathlib.Path(path))):
            if case.is_ours or case.is_of_4 and "MPIRUN_4" not in os.environ:
                counts["untold"] += 1
                continue
            found = differences(ours(case), run(case, directory))
            kind = "same" if not found else "explained" if case.title in explained else "different"
            counts[kind] += 1
            if kind == "different":
                for each in found:
                    print("| " + " | ".join((f"`{case.title}`", *each)) + " |", flush=True)
    print(f"\n{counts['same']} the same, {counts['explained']} differ for a reason that "
          f"{os.path.basename(sys.argv[1])} gives, {counts['different']} differ; "
          f"{counts['untold']} cannot be asked.")
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
