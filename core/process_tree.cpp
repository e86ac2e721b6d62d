// SPDX-License-Identifier: Apache-2.0
#include "core/process_tree.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {
namespace {

/// Field numbers of /proc/PID/stat, counted behind the command's closing parenthesis.
constexpr size_t kState = 0;
constexpr size_t kParent = 1;
constexpr size_t kStartTime = 19;

std::optional<ProcessEntry> read_process(pid_t pid) {
  const auto stat = read_file(fmt::format("/proc/{}/stat", pid));
  if (!stat) return std::nullopt;  // it ended in the meantime
  const size_t command_end = stat->rfind(')');
  if (command_end == std::string::npos) return std::nullopt;
  const auto fields = split_words(std::string_view(*stat).substr(command_end + 1));
  if (fields.size() <= kStartTime) return std::nullopt;
  return ProcessEntry{.pid = pid,
                      .parent = to_number<pid_t>(fields[kParent]).value_or(0),
                      .state = fields[kState][0],
                      .start_ticks = to_number<uint64_t>(fields[kStartTime]).value_or(0)};
}

/// `key` leads to one of the sets of signals in /proc/PID/status.
bool is_in_signal_set(pid_t pid, std::string_view key, int signo) {
  const auto status = read_file(fmt::format("/proc/{}/status", pid));
  if (!status) return false;
  const size_t at = status->find(key);
  if (at == std::string::npos) return false;
  const uint64_t set = std::strtoull(status->c_str() + at + key.size(), nullptr, 16);
  return (set >> static_cast<unsigned>(signo - 1) & 1U) != 0;
}

}  // namespace

std::vector<ProcessEntry> list_processes() {
  std::vector<ProcessEntry> processes;
  const std::unique_ptr<DIR, int (*)(DIR*)> proc(::opendir("/proc"), ::closedir);
  if (!proc) return processes;
  while (const dirent* entry = ::readdir(proc.get())) {
    const auto pid = to_number<pid_t>(std::string_view(entry->d_name));
    if (!pid) continue;
    if (const auto process = read_process(*pid)) processes.push_back(*process);
  }
  return processes;
}

std::vector<ProcessEntry> descendants_of(const std::vector<ProcessEntry>& processes,
                                         pid_t ancestor) {
  std::set<pid_t> family{ancestor};
  // A child may stand before its parent in the list: repeat until nobody is added.
  for (size_t before = 0; before != family.size();) {
    before = family.size();
    for (const auto& each : processes) {
      if (family.count(each.parent) != 0) family.insert(each.pid);
    }
  }
  std::vector<ProcessEntry> result;
  std::copy_if(processes.begin(), processes.end(), std::back_inserter(result),
               [&family, ancestor](const auto& each) {
                 return each.pid != ancestor && each.state != 'Z' && family.count(each.pid) != 0;
               });
  return result;
}

void signal_process(const ProcessEntry& process, int signo) {
  const Fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
  if (!pidfd) return;
  // The descriptor now pins whoever has this pid; is it still the one we saw?
  const auto now = read_process(process.pid);
  if (!now || now->start_ticks != process.start_ticks) return;
  ::syscall(SYS_pidfd_send_signal, pidfd.get(), signo, nullptr, 0);
}

bool ignores_signal(pid_t pid, int signo) {
  return is_in_signal_set(pid, "\nSigIgn:\t", signo);
}

bool catches_signal(pid_t pid, int signo) {
  return is_in_signal_set(pid, "\nSigCgt:\t", signo);
}

bool is_interactive_shell(pid_t pid) {
  const auto cmdline = read_file(fmt::format("/proc/{}/cmdline", pid));
  if (!cmdline) return false;
  const auto words = split(*cmdline, '\0');
  if (words[0].size() < 2 || words[0].substr(words[0].size() - 2) != "sh") return false;
  for (size_t i = 1; i < words.size() && words[i].size() > 1 && words[i][0] == '-'; ++i) {
    if (words[i][1] != '-' && words[i].find('i') != std::string_view::npos) return true;
    if (words[i] == "--rcfile") ++i;  // its file
  }
  return false;
}

}  // namespace skyrun
