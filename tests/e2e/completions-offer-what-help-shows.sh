#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
. "$(dirname "$0")/lib.sh"
mkdir "$SCRATCH/here"
cd "$SCRATCH/here"
touch hello.yaml other.txt
skyrun completion bash >skyrun.bash
skyrun completion zsh >_skyrun
skyrun completion fish >skyrun.fish

# Every option and command is in each of them.
skyrun --help | sed -nE 's/^  (-., )?(--[a-z-]+).*/\2/p' >options
(($(wc -l <options) > 30)) || fail "only $(wc -l <options) options in --help"
while read -r option; do
  grep -qE -- "${option}[ )']" skyrun.bash || fail "bash has no $option"
  grep -qE -- "'\*?${option}[=[]" _skyrun || fail "zsh has no $option"
  grep -qE -- "-l ${option#--}[ $]" skyrun.fish || fail "fish has no $option"
done <options
skyrun --help | sed -nE '/^Commands/,/^$/s/^  ([a-z]+) .*/\1/p' >commands
expect_line topo commands
while read -r command; do
  expect_text "$command" skyrun.bash
  expect_text "'$command:" _skyrun
  expect_text "-a $command " skyrun.fish
done <commands
expect_no_text --use-spot skyrun.bash

# offers WANTED WORD...: what bash has for the last word.
offers() {
  local wanted=$1
  shift
  expect_equal "$(bash -c 'compopt() { :; }; . ./skyrun.bash; COMP_WORDS=(skyrun "$@"); COMP_CWORD=$#; _skyrun; echo "${COMPREPLY[*]}"' bash "$@")" \
    "$wanted" "what bash has for $*"
}
bash -n skyrun.bash
offers '--launch --launch-agent' --lau
offers 'auto tree flat' --launch ''
offers tree --launch = tr
offers hello.yaml --local 2 h
offers 'hello.yaml help' h
offers '--num-nodes' hello.yaml --num
offers 'card device tile' topo --gpu-unit ''
offers topo help t
echo '10.0.0.1 alpha beta' >"$HOSTFILE" # bash takes this for /etc/hosts
offers 'alpha,beta' --host alpha,be
offers 'hello.yaml' -- cat hell

# completes LINE WANTED: what fish has for it.
completes() {
  expect_equal "$(fish -c "source skyrun.fish; complete -C '$1'" | cut -f1 | tr '\n' ' ')" "$2 " "what fish has for $1"
}
if command -v fish >/dev/null; then
  completes 'skyrun --lau' '--launch --launch-agent'
  completes 'skyrun --launch ' 'auto flat tree'
  completes 'skyrun --local 2 h' 'hello.yaml'
  completes 'skyrun topo --gpu-unit ' 'card device tile'
fi
# types TEXT PATTERN: a zsh shows what matches when somebody types this and a tab.
types() {
  timeout 60 zsh -f "$CHECKOUT/tests/e2e/support/complete.zsh" "$1" "$2" || fail "zsh does not show $2 for $1"
}
if command -v zsh >/dev/null; then
  types 'skyrun --launch-a' 'launch-agent'
  types 'skyrun --launch ' 'tree'
  types 'skyrun --local 2 hel' 'hello.yaml'
  types 'skyrun --local 2 -- hostn' 'hostname'
  types 'skyrun topo --gpu-unit ' 'device'
  types 'skyrun compl' 'completion'
fi
