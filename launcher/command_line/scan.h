// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/result.h"
#include "launcher/command_line/option.h"
#include "launcher/task/entrypoint.h"

namespace skyrun {

/// A command line, told apart.
struct Scan {
  struct Given {
    const Option* option;
    std::string value;  ///< empty for options that take none

    friend bool operator==(const Given&, const Given&) = default;
  };

  std::vector<Given> options;  ///< in their order
  Entrypoint entrypoint;
  std::vector<std::string> notices;  ///< what may be meant otherwise
};

/// What a word is that stands where a task or a program may, and a task file that is like it.
struct WordLook {
  std::function<WordKind(const std::string&)> kind = kind_of;
  std::function<std::string(const std::string&)> likely = likely_task_file;
};

/// Tells options from what is to be run. The first word that is no option is
///
///   a task file   options may follow, as SkyPilot's do; another word may not
///   for bash      ('echo $HOME; ls'): the same
///   a program     what follows are its arguments, kept as they are
///
/// and behind "--" one word is for bash, and several are a program with its arguments. Refused in
/// words, with what to type: what is no option of ours but one of other launchers, words that are
/// surely no programs, and a number of ranks of a task. `-n` with a number is --ranks, else --name.
Result<Scan> scan_command_line(const std::vector<std::string>& arguments,
                               const WordLook& look = {});

}  // namespace skyrun
