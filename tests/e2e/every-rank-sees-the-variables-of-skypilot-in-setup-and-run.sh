#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# hosts: 4
. "$(dirname "$0")/lib.sh"

# h3 first, h0 last: ranks follow the list, not the names or addresses.
printf 'h3\nh1\nh2\nh0\n' >"$HOSTFILE"
write_task <<'TASK'
name: variables
num_nodes: 4
resources:
  accelerators: {A100: 2}
envs:
  OWN: own value
secrets:
  HIDDEN: hidden value
setup: env -0 >~/setup-environment
run: env -0 >~/run-environment
TASK
expect_status 0 on_hosts --skip-resource-check "$TASK"
expect_status 0 on_hosts --skip-resource-check "$TASK"
job=2 # the second one's environment is what is left there
expect_line "⚙︎ Job submitted, ID: $job" "$STDOUT"

for host in h3 h1 h2 h0; do
  for stage in setup run; do
    ssh -n "$host" cat "$stage-environment" >"$SCRATCH/$host-$stage"
  done
done
expect_status 0 python3 - "$SCRATCH" "$job" "$(id -un)" <<'PYTHON'
import json, re, socket, sys

scratch, job, user = sys.argv[1:]
hosts = ["h3", "h1", "h2", "h0"]
ips = "\n".join(socket.gethostbyname(host) for host in hosts)
task_ids, clusters = set(), set()

for rank, host in enumerate(hosts):
    for stage in "setup", "run":
        with open(f"{scratch}/{host}-{stage}") as file:
            have = dict(entry.split("=", 1) for entry in file.read().split("\0") if entry)
        task_ids.add(have.pop("SKYPILOT_TASK_ID"))
        clusters.add(have.pop("SKYPILOT_CLUSTER_INFO"))
        wanted = {
            "OWN": "own value",
            "HIDDEN": "hidden value",
            "PYTHONUNBUFFERED": "1",
            "SKYPILOT_NODE_IPS": ips,
            "SKYPILOT_NODE_RANK": str(rank),
            "SKYPILOT_NUM_NODES": "4",
            "SKYPILOT_NUM_GPUS_PER_NODE": "2",
            "SKYPILOT_USER": user,
        }
        if stage == "setup":
            wanted |= {
                "SKYPILOT_SETUP_NODE_IPS": ips,
                "SKYPILOT_SETUP_NODE_RANK": str(rank),
                "SKYPILOT_SETUP_NUM_GPUS_PER_NODE": "2",
            }
        else:
            wanted |= {"SKYPILOT_INTERNAL_JOB_ID": job, "CUDA_VISIBLE_DEVICES": "0,1"}
        own = {name: have[name] for name in have
               if name in wanted or re.match("SKY|CUDA", name)}
        assert own == wanted, f"{stage} on {host} has {own}, not {wanted}"
        # A job is no ssh session and no daemon: nothing of ours leaks in.
        assert not re.search("PMIX|OMP_NUM_THREADS", " ".join(have)), have

assert len(task_ids) == 1 and len(clusters) == 1, (task_ids, clusters)
cluster_info, = clusters
cluster = json.loads(cluster_info)["cluster_name"]
assert re.fullmatch("[a-zA-Z]([-_.a-zA-Z0-9]*[a-zA-Z0-9])?", cluster), cluster
assert cluster_info == json.dumps(
    {"cluster_name": cluster, "cloud": "SSH", "region": None, "zone": None}), cluster_info
task_id, = task_ids
time = r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-\d{6}"
assert re.fullmatch(f"sky-{time}_{re.escape(cluster)}_{job}", task_id), task_id
PYTHON
