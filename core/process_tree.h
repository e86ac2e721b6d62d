// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace skyrun {

/// A process as /proc showed it. Its start time tells it from a later one with the same pid.
struct ProcessEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  char state = '?';          ///< as in proc(5): R, S, D, Z, …
  uint64_t start_ticks = 0;  ///< since boot
};

/// All processes of this pid namespace, in the order of /proc.
std::vector<ProcessEntry> list_processes();

/// Those of `processes` that descend from `ancestor`, without it and without zombies.
std::vector<ProcessEntry> descendants_of(const std::vector<ProcessEntry>& processes,
                                         pid_t ancestor);

/// Sends a signal to just this process: not to another that was given its pid in the meantime.
void signal_process(const ProcessEntry& process, int signo);

/// Does the process ignore the signal? False when it is gone.
bool ignores_signal(pid_t pid, int signo);

/// Has the process a handler for the signal? False when it is gone.
bool catches_signal(pid_t pid, int signo);

/// Was the process started as a shell with option -i?
bool is_interactive_shell(pid_t pid);

}  // namespace skyrun
