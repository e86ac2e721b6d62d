#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sanitized
. "$(dirname "$0")/lib.sh"

# refused TEXT ARGUMENT...: a usage error of one line that has TEXT, and nothing was done.
refused() {
  local text=$1
  shift
  expect_status 2 skyrun "$@"
  expect_equal "$(wc -l <"$STDERR")" 1 'the number of lines'
  expect_text 'skyrun: error: ' "$STDERR"
  expect_text "$text" "$STDERR"
  expect_equal "$(<"$STDOUT")" '' 'standard output'
}
refused --no-such-option --no-such-option -- true
refused --local --local 0 -- true
refused --local --local 2 --hostfile hosts -- true
refused --local --local 2 --host a,b -- true
refused "--launch: 'sideways' is none of auto, tree, flat" --launch sideways -- true
refused --tree-arity --tree-arity 0 -- true
refused --grace --grace -1 -- true
refused --start-timeout --start-timeout soon -- true
refused --num-nodes --num-nodes many -- true
refused --env --env
refused --output --output json -- true
refused "--output: 'xml' is none of text, json" --dryrun --output xml -- true
refused "--personality: 'mpich' is none of ompi5, ompi4" --personality mpich -- true
refused "--gpu-visibility: 'some' is none of all, own" --gpu-visibility some -- true
refused "--map-by ppr: ppr needs a number and an object" --map-by ppr -- true
refused '--config: nowhere: expected key.path=value, or a file' --config nowhere -- true
refused "--tree-arity: '0' is no number from 1 to 4096" --tree-arity 0 -- true
refused "--local: '2.5' is no number from 1 to 1024" --local 2.5 -- true
refused "--launch: 'flta' is none of auto, tree, flat; did you mean flat?" --launch flta -- true
refused "--display mapp: 'mapp' is none of map, bindings; did you mean map?" --display mapp -- true
refused 'hwthread, ppr, seq, rankfile, pe-list, strict, fill; did you mean numa?' --map-by nuna -- true
refused '; did you mean ssh?' --infra shh/x -- true
refused '--name: given twice' --name a --name b -- true
refused '--launch-agent: its value is empty: COMMAND' --launch-agent '' --host h0 -- true

# Values that no task makes right.
refused '--num-nodes: num_nodes should be a positive int. Got: 0' --num-nodes 0 -- true
refused '--gpus: ' --gpus A100:none -- true
refused '--cpus: ' --cpus many -- true
refused '--memory: ' --memory=-1 -- true
refused '--infra: ' --infra nowhere -- true
refused '--name: Invalid task name' --name a/b -- true
refused '--name: its value is empty: NAME' --name '' -- true
refused '1X' --env 1X=y -- true
refused 'NOWHERE is not set in local environment.' --env NOWHERE -- true
refused 'Dotenv file does not exist: nowhere' --env-file nowhere -- true
refused 'Workdir must be a valid directory' --workdir nowhere -- true
refused 'Cannot specify both --git-url and --workdir' --workdir . --git-url https://h/r -- true
refused '--config: Invalid config override' --config =x -- true
refused '--map-by: nowhere: No such file or directory' --map-by rankfile:file=nowhere -- true
refused "topo: unknown argument '--plac'; did you mean --place?" topo --plac 8

# What is meant for another launcher, or surely for no program, is told what to type.
cd "$SCRATCH"
mkdir adir
echo 'run: echo runs' >train.yaml
refused '--num-node: no such option; did you mean --num-nodes?' --num-node 2 -- true
refused '--hosts: here it is --host LIST' --hosts a,b -- true
refused '-host: here it is --host LIST' -host a,b true
refused '-n 4: a task has one rank on each node: --num-nodes 4; for a name --name 4' -n 4 train.yaml
refused "--ranks: 'x' is no number from 1 to 1.04858e+06" -np x hostname
refused '-N 4: here it is -n N --map-by ppr:4:node' -N 4 hostname
refused '--wdir: where ranks of a program start: -n N' --wdir / hostname
refused '--gpus: of a task' -n 2 --gpus H100 hostname
refused 'logs: no command of skyrun: logs are in ~/sky_logs' logs
refused 'launch: no command of skyrun: a task is run by skyrun TASK.yaml' launch train.yaml
refused 'adir is a directory' adir
refused 'train.yaml after train.yaml: one task file at a time' train.yaml train.yaml
refused 'train: did you mean train.yaml?' train
refused "completion: bash, zsh or fish, not 'fsh'; did you mean fish?" completion fsh
refused "help: no command is called 'tpo'; did you mean topo?" help tpo
refused 'no task: name a task YAML, or a command after --' --local 1
[[ ! -e ~/.skyrun && ! -e ~/sky_logs ]] || fail 'it left something in the home'

# What to type is tried.
expect_status 0 skyrun --local 4 -- hostname
expect_equal "$(grep -c "$(hostname)" "$STDOUT")" 4 'the number of hosts'

# Without arguments the help is said where errors are.
expect_status 2 skyrun
expect_equal "$(<"$STDOUT")" '' 'standard output'
expect_equal "$(<"$STDERR")" "$(skyrun --help)" 'standard error'
expect_status 0 skyrun --help
expect_text 'TASK.yaml' "$STDOUT"
expect_text 'topo ' "$STDOUT"
expect_equal "$(awk 'length > 80' "$STDOUT")" '' 'what is wider than 80 columns'
expect_equal "$(skyrun help)" "$(skyrun --help)" 'skyrun help'
expect_equal "$(skyrun help topo)" "$(skyrun topo --help)" 'skyrun help topo'
expect_status 0 skyrun --version
expect_equal "$(skyrun version)" "$(<"$STDOUT")" 'skyrun version'
