// SPDX-License-Identifier: Apache-2.0
//
// Who descends from whom. Where the kernel lists the children of a process
// (/proc/PID/task/TID/children) only those of the family are looked at, else all of /proc.
//
// What is read is a picture: processes may come and go meanwhile. Whether any is left of a
// subreaper's family is asked of the kernel (has_children), never read from a picture.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skyrun {

/// A process as /proc showed it. Its start time tells it from a later one with the same pid.
struct ProcessEntry {
  pid_t pid = 0;
  pid_t parent = 0;
  char state = '?';          ///< as in proc(5): R, S, D, Z, … of its first thread
  int threads = 1;           ///< that it still has
  uint64_t start_ticks = 0;  ///< since boot

  /// Its first thread may have ended and others run on: then it shows as Z and lives.
  bool alive() const { return (state != 'Z' && state != 'X') || threads > 1; }
};

/// All processes of this pid namespace, in the order of /proc.
std::vector<ProcessEntry> list_processes();

/// Those of `processes` that descend from `ancestor` and live, without it, nor those in `spared`
/// and what descends from them.
std::vector<ProcessEntry> descendants_of(const std::vector<ProcessEntry>& processes, pid_t ancestor,
                                         const std::vector<pid_t>& spared = {});

/// The same, as they are now.
std::vector<ProcessEntry> descendants_of(pid_t ancestor, const std::vector<pid_t>& spared = {});

/// The children of this process, ended ones too until they are collected.
std::vector<pid_t> own_children();

/// Kills them, and those who become its children meanwhile, also one that starts another and ends
/// before it is seen. Returns within 20 ms; what it left is for the next call.
void kill_own_children(const std::vector<pid_t>& spared = {});

/// Has this process a child, be it one that ended and was not collected? A subreaper without any
/// has no descendant.
bool has_children();

/// The process that has this pid now.
std::optional<ProcessEntry> find_process(pid_t pid);

/// Sends a signal to just this process: not to another that was given its pid in the meantime.
void signal_process(const ProcessEntry& process, int signo);

/// Does the process ignore the signal? False when it is gone.
bool ignores_signal(pid_t pid, int signo);

/// Has the process a handler for the signal? False when it is gone.
bool catches_signal(pid_t pid, int signo);

/// Was the process started as a shell with option -i?
bool is_interactive_shell(pid_t pid);

/// What its program is called. Empty when it is gone.
std::string command_of(pid_t pid);

}  // namespace skyrun
