# SPDX-License-Identifier: Apache-2.0
"""compare.py TASK_DUMP DOCUMENT [TABLE | YAML]...: where skyrun and SkyPilot read a task differently.

Every row of the tables (tests/data/task) and every task file is given to both: to skyrun by
TASK_DUMP, to SkyPilot's command line in this process. A difference is explained when DOCUMENT
(docs/skypilot-differences.md) names its case in backquotes. Prints a Markdown table of what is not
explained, and ends with 1 when there is any.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import generate
import rows
import skypilot


def cases_of(path):
    if path == "generated":
        yield from generate.cases()
    elif path.endswith(".tsv"):
        yield from rows.read_scalars(path)
    elif path.endswith(".txt"):
        yield from rows.read_table(path)
    else:
        yield rows.Case(os.path.basename(path), pathlib.Path(path).read_bytes())


def both(task_dump, case):
    """What skyrun and SkyPilot make of a case, each in the same fresh directory."""
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        pathlib.Path("task.yaml").write_bytes(case.text)
        for name, text in case.files.items():
            pathlib.Path(name).parent.mkdir(parents=True, exist_ok=True)
            pathlib.Path(name).write_text(text, encoding="utf-8")
        dump = subprocess.run(
            [task_dump, "task.yaml", *case.arguments], stdout=subprocess.PIPE, check=True
        )
        theirs = skypilot.load("task.yaml", case.arguments)
        os.chdir("/")
    return json.loads(dump.stdout), json.loads(json.dumps(theirs, default=str))


# Of skyrun alone, or kept elsewhere by SkyPilot.
_OURS = {"notices", "gpus_per_node", "setup_gpus_per_node", "config", "hooks", "job_recovery"}
_THEIRS = {"_cluster_config_overrides", "hooks", "_requires_fuse", "_is_image_managed"}


def comparable(document):
    tasks = []
    for task in document["tasks"]:
        task = {name: value for name, value in task.items() if name not in _OURS}
        task["resources"] = _resources(task["resources"])
        tasks.append(task)
    out = {"execution": document["execution"], "tasks": tasks}
    if len(tasks) > 1:
        out["name"] = document.get("name")
    return out


def _resources(resources):
    for choice in ("any_of", "ordered"):
        if choice in resources:
            items = [_resources(item) for item in resources[choice]]
            # SkyPilot keeps the candidates of any_of in a set.
            return {choice: sorted(items, key=json.dumps) if choice == "any_of" else items}
    return {name: value for name, value in sorted(resources.items()) if name not in _THEIRS}


def leaves(value, path=""):
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]")
    else:
        yield path, value


# What SkyPilot says where it has no network, no cloud account and no cluster: nothing of the task.
_UNTOLD = re.compile(
    r"^(ConnectionError|ImportError|NoCloudAccessError|AssertionError: cloud must be specified)|"
    r"not found in Slurm config|Failed to access repository|Cloud must be specified"
)


def differences(ours, theirs):
    """(where, skyrun's, SkyPilot's) of each difference."""
    if "error" in ours and "error" in theirs:
        return []
    if "error" in ours or "error" in theirs:
        return [("", ours.get("error", "accepted"), theirs.get("error", "accepted"))]
    ours, theirs = dict(leaves(comparable(ours))), dict(leaves(comparable(theirs)))
    return [
        (path, ours.get(path, "absent"), theirs.get(path, "absent"))
        for path in ours | theirs
        if ours.get(path, "absent") != theirs.get(path, "absent")
    ]


def words_of(error):
    """An error's own words: without place, prefix of the kind, and line breaks."""
    error = re.sub(r"^task\.yaml:\d+: ([\w.\[\]~/]+: )?", "", error)
    error = re.sub(r"^(Invalid [\w ]+ YAML: |[A-Za-z.]*(Error|Exception): )+", "", error)
    error = re.sub(r"^(Invalid [\w ]+ YAML: )", "", error)
    return " ".join(re.sub(r" ?Check problematic field\(s\): .*", "", error).split()).rstrip(".")


def cell(value):
    text = value if isinstance(value, str) else json.dumps(value)
    return " ".join(text.split()).replace("|", "\\|")[:300]


def main():
    task_dump, document = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text("utf-8")
    explained = set(re.findall(r"`([^`]+)`", document))
    words = os.environ.get("COMPARE_WORDS") == "1"
    counts = {"untold": 0, "same": 0, "explained": 0, "different": 0}
    table = []
    for path in [p if p == "generated" else os.path.abspath(p) for p in sys.argv[3:]]:
        for case in cases_of(path):
            ours, theirs = both(task_dump, case)
            if _UNTOLD.search(theirs.get("error", "")):
                counts["untold"] += 1
                continue
            found = differences(ours, theirs)
            if words and not found and "error" in ours:
                pair = words_of(ours["error"]), words_of(theirs["error"])
                if pair[0] != pair[1]:
                    found = [("words", *pair)]
            if not found:
                counts["same"] += 1
            elif case.title in explained:
                counts["explained"] += 1
            else:
                counts["different"] += 1
                table += [(case.title, *one) for one in found]
    print("| case | field | skyrun | SkyPilot |\n|---|---|---|---|")
    for row in table:
        print("| " + " | ".join(cell(part) for part in row) + " |")
    print(f"\n{counts['same']} the same, {counts['explained']} differ for a reason that "
          f"{os.path.basename(sys.argv[2])} gives, {counts['different']} differ; of {counts['untold']} "
          "SkyPilot says nothing without a network and a cloud account.")
    return 1 if counts["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
