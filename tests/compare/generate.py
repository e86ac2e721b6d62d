# SPDX-License-Identifier: Apache-2.0
"""Cases beyond the tables: scalars of random characters as values, keys and items, and combinations of fields.

The same on every run, since the seed is fixed.
"""
import random

import rows

_PARTS = ["0", "1", "7", "60", "_", ".", ":", "-", "+", "e", "E", "x", "0x", "0b", "y", "no", "null", "~", "a", " ",
          "#", "?", "%", "!", "&", "*", "'", '"', ",", "{", "}", "[", "]", "=", "<<", "\\", "2024-01-01", "T", "Z"]
_FIELDS = [
    "name: {}", "num_nodes: {}", "run: {}", "setup: {}", "workdir: {}", "envs: {{A: {}}}", "secrets: {{A: {}}}",
    "resources: {{cpus: {}}}", "resources: {{memory: {}}}", "resources: {{accelerators: {}}}",
    "resources: {{ports: {}}}", "resources: {{disk_size: {}}}", "resources: {{autostop: {}}}",
    "resources: {{priority: {}}}", "resources: {{use_spot: {}}}", "resources: {{labels: {{a: {}}}}}",
    "resources: {{job_recovery: {}}}", "resources: {{network_tier: {}}}", "file_mounts: {{/x: {}}}",
    "config: {{hooks: {}}}", "inputs: {}", "event_callback: {}", "api_server_access: {}",
]
_VALUES = ["1", "0", "-1", "1.0", "2.5", "yes", "null", "text", "'1'", "4+", "[1]", "[a, b]", "{a: 1}", "{}", "[]", "1e3",
           "017", "A100:1", "64GB", "8080-8090", "2024-01-01", "best", "''", "12:30"]


def _scalars(count):
    source = random.Random(1)
    for _ in range(count):
        text = "".join(source.choice(_PARTS) for _ in range(source.randint(1, 5)))
        shape = source.choice(["X: {}", "X: [{}]", "X: {{{}: 1}}", "X: [a, {}, b]", "X: {{a: {}}}"])
        text = shape.format(text)
        yield rows.Case(f"generated {text}", f"envs:\n  {text}\nrun: echo\n".encode())


def cases():
    yield from _scalars(600)
    for field in _FIELDS:
        for value in _VALUES:
            text = field.format(value)
            yield rows.Case(f"generated {text}", (text + "\n").encode())
