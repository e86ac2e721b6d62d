// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/completion_parts.h"

#include <fmt/format.h>

#include "core/text.h"
#include "launcher/command_line/option_table.h"

namespace skyrun {
namespace {

using Completes = Option::Completes;

std::string bash_names(const std::vector<Option>& options) {
  std::vector<std::string> names;
  for (const Option& option : options) {
    if (option.letter != 0) names.push_back(std::string("-") + option.letter);
    names.emplace_back(option.name);
  }
  return join(names, " ");
}

/// A branch of a case: "-n | --name) kind=nothing ;;"
std::string bash_values(const std::vector<Option>& options) {
  std::string out;
  for (const Option& option : options) {
    if (!option.takes_value()) continue;
    std::string how = "nothing";
    if (option.completes == Completes::file) how = "file";
    if (option.completes == Completes::directory) how = "directory";
    if (option.completes == Completes::host) how = "host";
    if (option.completes == Completes::word)
      how = in_quotes("words " + blanks_for_commas(option.words));
    const std::string letter = option.letter != 0 ? std::string("-") + option.letter + " | " : "";
    out += fmt::format("    {}{}) kind={} ;;\n", letter, option.name, how);
  }
  return out;
}

constexpr const char* kBashHead =
    R"sh(# Completion of skyrun for bash. Made by: skyrun completion bash
# shellcheck disable=SC2086,SC2209  # kind is a word of ours with its arguments

_skyrun_nothing() { :; }
_skyrun_words() { mapfile -t COMPREPLY < <(compgen -W "$*" -- "$current"); }
_skyrun_file() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); }
_skyrun_directory() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); }
_skyrun_task() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -d -- "$current"; compgen -f -X '!*.yaml' -- "$current"; compgen -f -X '!*.yml' -- "$current")
}

# Of a list the last one: alpha,be
_skyrun_host() {
  local before=
  [[ $current == *,* ]] && before=${current%,*},
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$(
    [[ -r ~/.ssh/config ]] && sed -nE 's/^[[:space:]]*host[[:space:]=]+//Ip' ~/.ssh/config | tr ' ' '\n' | grep -v '[*?!]'
    compgen -A hostname
  )" -- "${current##*,}")
}
)sh";

constexpr const char* kBashTail = R"sh(
_skyrun() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} i=1 word state=first kind
  COMPREPLY=()
  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi
  if [[ ${COMP_WORDS[1]} == topo && $COMP_CWORD -gt 1 ]]; then
    if _skyrun_topo_kind "$previous"; then _skyrun_$kind; else _skyrun_words "$_skyrun_topo_options"; fi
    return
  fi
  if [[ ${COMP_WORDS[1]} == completion && $COMP_CWORD -eq 2 ]]; then _skyrun_words bash zsh fish; return; fi
  if [[ ${COMP_WORDS[1]} == help && $COMP_CWORD -eq 2 ]]; then _skyrun_words "$_skyrun_verbs"; return; fi
  # Where what is to be run begins.
  for ((; i < COMP_CWORD; ++i)); do
    word=${COMP_WORDS[i]}
    case $word in
      --) state=program && ((++i)) && break ;;
      =) ((++i)) ;;
      -*) _skyrun_kind "$word" && [[ ${COMP_WORDS[i + 1]} != = ]] && ((++i)) ;;
      *.yaml | *.yml) state=task ;;
      *) state=program && break ;;
    esac
  done
  if [[ $state == program ]]; then
    if ((i == COMP_CWORD)); then mapfile -t COMPREPLY < <(compgen -c -- "$current")
    elif declare -F _command_offset >/dev/null; then _command_offset "$i"
    else _skyrun_file; fi
    return
  fi
  if _skyrun_kind "$previous"; then
    _skyrun_$kind
    return
  fi
  if [[ $current == -* ]]; then _skyrun_words "$_skyrun_options"
  elif [[ $state == first ]]; then
    _skyrun_task
    ((COMP_CWORD == 1)) && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$_skyrun_verbs" -- "$current")
  fi
}
complete -F _skyrun skyrun
)sh";

/// A function that says of an option that takes a value which of the above offers some.
std::string bash_kind_function(const std::string& name, const std::vector<Option>& options) {
  return fmt::format("\n{}() {{\n  case $1 in\n{}    *) return 1 ;;\n  esac\n}}\n", name,
                     bash_values(options));
}

}  // namespace

std::string bash_script() {
  const auto options = shown_options();
  std::string out = kBashHead;
  out += fmt::format("\n_skyrun_options='{}'\n_skyrun_topo_options='{}'\n_skyrun_verbs='{}'\n",
                     bash_names(options), bash_names(topo_option_table()), verb_names());
  out += bash_kind_function("_skyrun_kind", options);
  out += bash_kind_function("_skyrun_topo_kind", topo_option_table());
  return out + kBashTail;
}

}  // namespace skyrun
