# SPDX-License-Identifier: Apache-2.0
"""SkyPilot's own reading of a task file: its command line up to the tasks that it makes of it."""
import os

os.environ["SKYPILOT_DISABLE_USAGE_COLLECTION"] = "1"

# pylint: disable=wrong-import-position
from click.testing import CliRunner
from sky import skypilot_config
from sky.client.cli import command
from sky.dag import Dag
from sky.data import data_utils

_loaded = []


class _Loaded(Exception):
    """Ends `sky launch` once the tasks are made."""


def _capture(make):
    def made(*args, **kwargs):
        _loaded.append(make(*args, **kwargs))
        raise _Loaded

    return made


# pylint: disable=protected-access
command._make_task_or_dag_from_entrypoint_with_overrides = _capture(
    command._make_task_or_dag_from_entrypoint_with_overrides
)


def load(path, arguments):
    """The tasks of a file as a dict, or {"error": text}."""
    _loaded.clear()
    skypilot_config.reload_config()  # what --config of the case before has changed
    result = CliRunner().invoke(command.cli, ["launch", "--yes", *arguments, path])
    if not _loaded:
        error = result.exception
        if isinstance(error, SystemExit):
            return {"error": result.output.strip()}
        return {"error": f"{type(error).__name__}: {error}"}
    try:
        return _shown(_loaded[0])
    except Exception as error:  # pylint: disable=broad-except
        return {"error": f"{type(error).__name__}: {error}"}


def _shown(loaded):
    if not isinstance(loaded, Dag):
        return {"execution": "serial", "tasks": [_task(loaded)]}
    out = {"execution": "parallel" if loaded.is_job_group() else "serial"}
    if loaded.name:
        out["name"] = loaded.name
    if out["execution"] == "parallel":
        out["primary_tasks"] = loaded.primary_tasks or []
        out["termination_delay"] = loaded.termination_delay
    return out | {"tasks": [_task(task) for task in loaded.tasks]}


def _task(task):
    task.validate_name()
    task.validate_run()
    for resources in task.resources:
        resources.validate()
    mounts = {}
    for target, source in (task.file_mounts or {}).items():
        location = f"file_mounts.{target}: {source}"
        task._validate_mount_path(target, location)
        task._validate_path(source, location)
        if data_utils.is_cloud_store_url(target):
            raise ValueError("File mount destination paths cannot be cloud storage")
        is_url = data_utils.is_cloud_store_url(source)
        mounts[target] = source if is_url else os.path.abspath(os.path.expanduser(source))
    for target, storage in task.storage_mounts.items():
        mounts[target] = storage.to_yaml_config()
    workdir = task.workdir
    if isinstance(workdir, str):
        workdir = os.path.abspath(os.path.expanduser(workdir))
    shown = task.to_yaml_config()
    out = {
        "name": task.name,
        "workdir": workdir,
        "num_nodes": task.num_nodes,
        "resources": shown.get("resources", {}),
        "envs": task.envs,
        "secrets": {name: value.get_secret_value() for name, value in task.secrets.items()},
        "file_mounts": mounts,
        "setup": task.setup,
        "run": task.run,
        "event_callback": task.event_callback,
    }
    return {name: value for name, value in out.items() if value is not None}
