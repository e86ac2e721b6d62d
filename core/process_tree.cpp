// SPDX-License-Identifier: Apache-2.0
#include "core/process_tree.h"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <map>
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
constexpr size_t kThreads = 17;
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
                      .threads = to_number<int>(fields[kThreads]).value_or(1),
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

constexpr int kMostWalks = 8;

constexpr std::chrono::milliseconds kMostOfATurn{20};
/// While children are found that the look before did not show, the next is worth waiting for.
constexpr std::chrono::microseconds kChainGap{1000};

bool kernel_lists_children() {
  static const bool lists = ::access("/proc/thread-self/children", R_OK) == 0;
  return lists;
}

/// The numbers that are names in a directory of /proc.
std::vector<pid_t> numbers_in(const std::string& path) {
  std::vector<pid_t> numbers;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir(path.c_str()), ::closedir);
  if (!directory) return numbers;
  while (const dirent* entry = ::readdir(directory.get())) {
    if (const auto number = to_number<pid_t>(std::string_view(entry->d_name)))
      numbers.push_back(*number);
  }
  return numbers;
}

/// A child belongs to the thread that started it.
std::vector<pid_t> listed_children_of(pid_t pid) {
  std::vector<pid_t> children;
  const std::string tasks = fmt::format("/proc/{}/task", pid);
  for (const pid_t thread : numbers_in(tasks)) {
    const auto list = read_file(fmt::format("{}/{}/children", tasks, thread)).value_or("");
    for (const auto word : split_words(list)) {
      if (const auto child = to_number<pid_t>(word)) children.push_back(*child);
    }
  }
  return children;
}

using Children = std::function<std::vector<pid_t>(pid_t)>;

/// All below `ancestor`, each once, those in `spared` and what is below them left out.
std::vector<pid_t> walk(pid_t ancestor, const std::vector<pid_t>& spared,
                        const Children& children_of) {
  std::set<pid_t> seen(spared.begin(), spared.end());
  seen.insert(ancestor);
  std::vector<pid_t> family;
  std::vector<pid_t> open{ancestor};
  while (!open.empty()) {
    const pid_t parent = open.back();
    open.pop_back();
    for (const pid_t child : children_of(parent)) {
      if (!seen.insert(child).second) continue;
      family.push_back(child);
      open.push_back(child);
    }
  }
  return family;
}

}  // namespace

std::vector<ProcessEntry> list_processes() {
  std::vector<ProcessEntry> processes;
  for (const pid_t pid : numbers_in("/proc")) {
    if (const auto process = read_process(pid)) processes.push_back(*process);
  }
  return processes;
}

std::vector<ProcessEntry> descendants_of(const std::vector<ProcessEntry>& processes, pid_t ancestor,
                                         const std::vector<pid_t>& spared) {
  std::map<pid_t, std::vector<pid_t>> children;
  std::map<pid_t, const ProcessEntry*> entries;
  for (const auto& each : processes) {
    children[each.parent].push_back(each.pid);
    entries[each.pid] = &each;
  }
  std::vector<ProcessEntry> family;
  for (const pid_t pid : walk(ancestor, spared, [&children](pid_t p) { return children[p]; })) {
    if (entries[pid]->alive()) family.push_back(*entries[pid]);
  }
  return family;
}

std::vector<ProcessEntry> descendants_of(pid_t ancestor, const std::vector<pid_t>& spared) {
  if (!kernel_lists_children()) return descendants_of(list_processes(), ancestor, spared);
  std::vector<ProcessEntry> family;
  std::set<pid_t> seen;
  // Whoever lost its parent while we walked stands where we had been: walk until nobody is new.
  for (int walks = 0; walks < kMostWalks; ++walks) {
    const size_t before = seen.size();
    for (const pid_t pid : walk(ancestor, spared, listed_children_of)) {
      if (!seen.insert(pid).second) continue;
      const auto process = read_process(pid);
      if (process && process->alive()) family.push_back(*process);
    }
    if (seen.size() == before) break;
  }
  return family;
}

std::vector<pid_t> own_children() {
  if (kernel_lists_children()) return listed_children_of(::getpid());
  std::vector<pid_t> children;
  for (const auto& each : list_processes()) {
    if (each.parent == ::getpid()) children.push_back(each.pid);
  }
  return children;
}

/// Our own children keep their pids until we collect them, so these need no second look.
void kill_own_children(const std::vector<pid_t>& spared) {
  using Clock = std::chrono::steady_clock;
  std::set<pid_t> seen(spared.begin(), spared.end());
  const auto until = Clock::now() + kMostOfATurn;
  Clock::time_point found;  // the last that a later round showed
  for (int rounds = 0; Clock::now() < until; ++rounds) {
    bool any = false;
    for (const pid_t child : own_children()) {
      if (!seen.insert(child).second) continue;
      ::kill(child, SIGKILL);
      any = true;
    }
    if (any && rounds > 0) found = Clock::now();
    if (!any && (rounds < 2 || Clock::now() - found > kChainGap)) return;
  }
}

bool has_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

std::optional<ProcessEntry> find_process(pid_t pid) {
  return read_process(pid);
}

void signal_process(const ProcessEntry& process, int signo) {
  const Fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
  if (!pidfd && errno != ENOSYS) return;
  // The descriptor now pins whoever has this pid; is it still the one we saw?
  const auto now = read_process(process.pid);
  if (!now || now->start_ticks != process.start_ticks) return;
  if (pidfd) {
    ::syscall(SYS_pidfd_send_signal, pidfd.get(), signo, nullptr, 0);
  } else {
    ::kill(process.pid, signo);  // before Linux 5.3
  }
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

std::string command_of(pid_t pid) {
  std::string name = read_file(fmt::format("/proc/{}/comm", pid)).value_or("");
  if (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}

}  // namespace skyrun
