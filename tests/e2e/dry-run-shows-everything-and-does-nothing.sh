#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

mkdir -p src/sub/skipped
printf '# a comment\n\n*.log\n' >src/.gitignore
echo skipped/ >src/sub/.gitignore
echo 12345 >src/main.py
touch src/a.log src/sub/skipped/x
ln -s main.py src/link
mkfifo src/pipe
printf 'K=from file\n' >variables
write_task <<'TASK'
name: demo
num_nodes: 2
workdir: src
resources: {accelerators: a100:8, cpus: 4+, use_spot: true}
envs: {A: 1e6, B: yes, NEEDED: null}
secrets: {TOKEN: s3cr3t}
file_mounts: {~/data/main.py: src/main.py, /data: "s3://bucket/${TOKEN}"}
setup: echo sets up
run: |
  echo one
  echo two
TASK

# of EXPRESSION: its value on the JSON document, by Python, which also says whether it is one.
of() {
  python3 -c 'import json, sys
d = json.load(open(sys.argv[1])); t = d["tasks"][0]
print(json.dumps(eval(sys.argv[2]), sort_keys=True))' "$STDOUT" "$1"
}
# is EXPRESSION JSON
is() {
  expect_equal "$(of "$1")" "$2" "$1"
}
dry=(skyrun --dryrun --skip-remote-mounts --hostfile "$SCRATCH/nodes" --env NEEDED=x --env-file variables "$TASK")
printf 'alice@alpha port=2222\nbeta\ngamma\n' >nodes

expect_status 0 "${dry[@]}" --output=json
expect_equal "$(<"$STDERR")" '' 'standard error'
is 'd["name"], d["execution"], len(d["tasks"])' '["demo", "serial", 1]'
is 't["name"], t["num_nodes"]' '["demo", 2]'
is 't["resources"]' '{"accelerators": {"A100": 8}, "cpus": "4+", "use_spot": true}'
is 't["envs"]' '{"A": "1e6", "B": "True", "K": "from file", "NEEDED": "x"}'
is 't["secrets"]' '["TOKEN", "K"]'
is 't["workdir"]' "\"$SCRATCH/src\""
is 't["file_mounts"]' "{\"/data\": \"s3://bucket/<redacted>\", \"~/data/main.py\": \"$SCRATCH/src/main.py\"}"
is 't["setup"], t["run"]' '["echo sets up", "echo one\necho two\n"]'
is '[(n["rank"], n["host"], n["user"], n["port"], n["local"]) for n in t["nodes"]]' \
  '[[0, "alpha", "alice", 2222, false], [1, "beta", null, null, false]]'
is '[(f["destination"], f["bytes"]) for f in t["files"]["sent"]]' \
  '[["~/sky_workdir/.gitignore", 19], ["~/sky_workdir/link", 7], ["~/sky_workdir/main.py", 6], ["~/sky_workdir/sub/.gitignore", 9], ["~/data/main.py", 6]]'
is '[(f["source"].split("/src/")[1], f["rule"]) for f in t["files"]["dropped"]]' \
  '[["a.log", ".gitignore:3: *.log"], ["pipe", "neither a file, a directory nor a link"], ["sub/skipped", "sub/.gitignore:1: skipped/"]]'
is 't["stages"]' '["nodes", "sync", "setup", "run"]'
# shellcheck disable=SC2016
is 't["notices"]' '["file_mounts./data is not fetched: s3://bucket/${TOKEN}", "resources.use_spot has no effect without a cloud"]'
# shellcheck disable=SC2016
is 'd["notices"]' '["file_mounts./data is not fetched: s3://bucket/${TOKEN}", "resources.use_spot has no effect without a cloud", "using 2 of 3 hosts, as num_nodes says"]'
expect_no_text s3cr3t "$STDOUT"

expect_status 0 "${dry[@]}" --no-setup
expect_line 'Task demo on 2 nodes' "$STDOUT"
expect_line '  node 0      alice@alpha port 2222' "$STDOUT"
expect_line '  secrets     TOKEN=<redacted>' "$STDOUT"
expect_line "  not sent    $SCRATCH/src/a.log (.gitignore:3: *.log)" "$STDOUT"
expect_line '  stages      nodes, sync, run' "$STDOUT"
expect_line '              | echo two' "$STDOUT"
expect_line 'Dryrun finished.' "$STDOUT"
expect_line 'skyrun: notice: using 2 of 3 hosts, as num_nodes says' "$STDERR"
expect_no_text s3cr3t "$STDOUT"

# Embedded nodes, several tasks, git: nothing is made or fetched.
write_task <<'TASK'
name: two
---
name: first
workdir: {url: "https://user:s3cr3t@git.invalid/repo", ref: main}
run: echo first
---
num_nodes: 3
resources: {any_of: [{cpus: 1}, {memory: 2}]}
run: echo second
TASK
expect_status 0 skyrun --dryrun --output json "$TASK"
is '[(t["name"], t["num_nodes"], t["stages"]) for t in d["tasks"]]' \
  '[["first", 1, ["nodes", "sync", "run"]], ["two-1", 3, ["nodes", "run"]]]'
is 't["workdir"]' '{"ref": "main", "url": "https://git.invalid/repo"}'
is 'd["tasks"][1]["resources"]' '{"any_of": [{"cpus": "1"}, {"memory": "2"}]}'
is '[n["address"] for n in d["tasks"][1]["nodes"]]' '["127.0.0.1", "127.0.0.2", "127.0.0.3"]'
expect_no_text s3cr3t "$STDOUT"

# Whatever the bytes, it is JSON.
printf 'run: "a\\x02\\u2028\\"\\\\"\nenvs: {X: "\xf0\x9f\x98\x80", Y: "\\0"}\n' | write_task
expect_status 0 skyrun --dryrun --output=json --env "$(printf 'Z=\xff\xc3\x28')" "$TASK"
is 't["run"], t["envs"]' '["a\u0002\u2028\"\\", {"X": "\ud83d\ude00", "Y": "\u0000", "Z": "\ufffd\ufffd("}]'

expect_equal "$(ls -A ~)" '' 'what it left in the home'
write_task <<<'run: yes'
expect_status 1 skyrun --dryrun --output=json "$TASK"
expect_equal "$(<"$STDOUT")" '' 'standard output'
