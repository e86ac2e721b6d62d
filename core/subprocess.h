// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/binding.h"
#include "core/result.h"

namespace skyrun {

/// A program to start. Descriptors are borrowed: the child gets copies, the caller keeps its own.
struct Command {
  std::vector<std::string> argv;                        ///< argv[0] is looked up in PATH
  std::string program;                                  ///< executed in its place, if not empty
  std::optional<std::vector<std::string>> environment;  ///< "NAME=value"; ours when absent
  std::string directory;                                ///< where it starts; ours when empty
  int stdin_fd = -1;                                    ///< /dev/null when -1
  int stdout_fd = -1;                                   ///< /dev/null when -1
  int stderr_fd = -1;                                   ///< ours when -1
  std::vector<int> inherited;    ///< what it gets besides, under the same numbers
  std::string hosts;             ///< what it reads in /etc/hosts; ours when empty
  bool new_session = false;      ///< setsid(): no terminal, its own group
  int death_signal = 0;          ///< sent to it when this process dies
  CpuMask cpus;                  ///< what it is bound to; empty: as we are
  std::optional<uint32_t> numa;  ///< the NUMA node that its memory is preferred on
  /// Told in words of a binding that the system did not allow; the program runs all the same.
  std::function<void(const std::string& notice)> on_notice;
};

/// Starts it with default signal dispositions (what `nohup` ignores stays ignored in our own
/// session) and an empty signal mask, and returns its pid once
/// exec has succeeded; a program that cannot be executed is an error "<argv[0]>: <why>".
Result<pid_t> spawn(const Command& command);

}  // namespace skyrun
