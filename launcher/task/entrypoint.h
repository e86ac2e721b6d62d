// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/task/overrides.h"
#include "launcher/task/surroundings.h"
#include "launcher/task/task.h"

namespace skyrun {

/// What is to be run: the words of the command line that are no options.
struct Entrypoint {
  enum class Kind { none, file, command };

  Kind kind = Kind::none;          ///< none: no words at all
  std::string text;                ///< the path, "-": standard input; or the command, for bash
  std::vector<std::string> words;  ///< of a command that is a program with its arguments

  friend bool operator==(const Entrypoint&, const Entrypoint&) = default;
};

/// What a word can be when nothing says what it is meant for.
enum class WordKind {
  task_file,     ///< named like one, or it holds YAML dicts; "-"; a pipe, as <(envsubst <t.yaml) is
  directory,     ///< surely not meant to be run
  bash_command,  ///< has blanks or other characters that mean something to bash
  program,       ///< anything else, a script's path too
};

/// Looks at the file of that name, if there is one.
WordKind kind_of(const std::string& word);

/// "train.yaml" when `word` is "train", or misspelt, and there is a file of that name; else empty.
std::string likely_task_file(const std::string& word);

/// A command whose words are kept as they are, for bash. The first may set a variable, as for bash.
std::string command_text(const std::vector<std::string>& words);

/// The tasks the entry point stands for: of the file, of the command, or one empty task.
Result<TaskFile> load_entrypoint(const Entrypoint& entrypoint, const Overrides& overrides,
                                 const Surroundings& surroundings = Surroundings::here());

}  // namespace skyrun
