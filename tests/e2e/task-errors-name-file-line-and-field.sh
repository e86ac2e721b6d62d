#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"
cd "$SCRATCH"

# refused TEXT [ARGUMENT...]: the task of standard input is refused in one line that has TEXT.
refused() {
  local text=$1
  shift
  cat >t.yaml
  expect_status 1 skyrun --local 1 "$@" t.yaml
  expect_equal "$(wc -l <"$STDERR")" 1 'the number of lines'
  expect_text "skyrun: error: $text" "$STDERR"
  expect_equal "$(<"$STDOUT")" '' 'standard output'
}
refused "t.yaml:2: Invalid task YAML: Instead of 'num_node', did you mean 'num_nodes'?" <<<$'run: true\nnum_node: 2'
refused "t.yaml:1: Invalid task YAML: Found unsupported field 'zzz'." <<<'zzz: 1'
refused "t.yaml:3: resources: Invalid resources YAML: Instead of 'accelerator', did you mean 'accelerators'?" \
  <<<$'run: "true"\nresources:\n  accelerator: A100'
refused 't.yaml:2: num_nodes: ' <<<$'run: "true"\nnum_nodes: 0'
refused 't.yaml:1: run: ' <<<'run: yes'
refused 't.yaml:3: ' <<<$'envs:\n  A: 1\n  A: 2'
refused "t.yaml:2: envs.NEEDED: Environment variable 'NEEDED' is None. " <<<$'envs:\n  NEEDED:'
refused 't.yaml:1: workdir: Workdir must be a valid directory' <<<'workdir: nowhere'
refused "t.yaml:2: file_mounts.~/a: File mount source 'nowhere' does not exist locally." \
  <<<$'file_mounts:\n  ~/a: nowhere'
refused "'t.yaml' is empty" </dev/null

# What is no YAML is shown with its place.
printf 'resources:\n\tcpus: 4\n' >t.yaml
expect_status 1 skyrun --local 1 t.yaml
expect_equal "$(<"$STDERR")" 'skyrun: error: t.yaml:2: a tab cannot indent: use blanks
    2 | \tcpus: 4
      | ^' 'standard error'
printf 'run: "true"\n  bad: indent\n' >t.yaml
expect_status 1 skyrun --local 1 t.yaml
expect_line 'skyrun: error: t.yaml:2: indented more than the line above, which has its value already' "$STDERR"
expect_line '    2 |   bad: indent' "$STDERR"
rm t.yaml

expect_status 1 skyrun --local 1 missing.yaml
expect_line 'skyrun: error: missing.yaml: No such file or directory' "$STDERR"
expect_status 1 skyrun --hostfile missing hostless.yaml
echo 'run: "true"' >training.yaml
expect_status 1 skyrun --local 1 trainnig.yaml
expect_line 'skyrun: error: trainnig.yaml: no such file; did you mean training.yaml?' "$STDERR"
[[ ! -e ~/sky_logs ]] || fail 'a job was begun'

# What is known and has no effect is said in a line each, and the task runs.
write_task <<'TASK'
resources:
  use_spot: true
  labels: {team: ours}
event_callback: echo event
run: echo runs
TASK
expect_status 0 skyrun --local 1 "$TASK"
expect_equal "$(sort "$STDERR")" 'skyrun: notice: event_callback has no effect yet
skyrun: notice: resources.labels has no effect yet
skyrun: notice: resources.use_spot has no effect without a cloud' 'the notices'
expect_line '(task, pid=N) runs' <(without_pids)
