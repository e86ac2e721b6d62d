# SPDX-License-Identifier: Apache-2.0
"""The rows of tests/data/task, as tests/support/task_rows.h describes them."""
import dataclasses
import pathlib
import re
import shlex


@dataclasses.dataclass
class Case:
    title: str
    text: bytes
    files: dict = dataclasses.field(default_factory=dict)
    arguments: list = dataclasses.field(default_factory=list)


def read_table(path):
    cases, body, is_bytes = [], None, False
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("=== "):
            cases.append(Case(line[4:].strip(), b""))
            body = ""
            is_bytes = False
        elif not cases:
            continue
        elif line.startswith("@ "):
            body = line[2:].strip()
            cases[-1].files[body] = ""
        elif line.startswith("$ "):
            cases[-1].arguments += shlex.split(line[2:])
        elif line.startswith("==> "):
            body = None
        elif line.strip() == "% bytes":
            is_bytes = True
        elif line.strip() == "% paths":
            pass
        elif body == "":
            data = line.encode()
            if is_bytes:
                data = re.sub(rb"<([0-9a-f]{2})>", lambda m: bytes([int(m[1], 16)]), data)
            cases[-1].text += data
        elif body is not None:
            cases[-1].files[body] += line
    return cases


def read_scalars(path):
    """A case for each scalar of a table `scalar TAB text`."""
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if "\t" in line:
            source = line.split("\t")[0]
            yield Case(f"scalar {source}", f"envs:\n  X: {source}\nrun: echo\n".encode())
