// SPDX-License-Identifier: Apache-2.0
#include "core/old_runs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "core/directory.h"
#include "core/file_lock.h"

namespace skyrun {
namespace {

namespace fs = std::filesystem;

const std::string kLogs = "/sky_logs";
const std::string kHomes = "/.skyrun/local";
constexpr const char* kLogLock = "/.skyrun";

time_t changed(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_mtime : 0;
}

bool is_directory(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.symlink_status(error).type() == fs::file_type::directory;
}

std::vector<std::string> directories_in(const std::string& path) {
  std::vector<std::string> all;
  std::error_code error;
  for (fs::directory_iterator each(path, error), end; !error && each != end;
       each.increment(error)) {
    if (is_directory(*each)) all.push_back(each->path().native());
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// Has nothing in it changed since, as far down as logs are?
bool is_older(const std::string& path, time_t before) {
  constexpr int kDeepest = 3;
  if (changed(path) >= before) return false;
  std::error_code error;
  for (fs::recursive_directory_iterator each(path, error), end; !error && each != end;
       each.increment(error)) {
    if (changed(each->path().native()) >= before) return false;
    if (each.depth() + 1 >= kDeepest) each.disable_recursion_pending();
  }
  return true;
}

bool is_of_logs(const std::string& name) {
  return name.starts_with("sky-");
}

bool is_set_of_homes(const std::string& name) {
  return !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
}

bool is_log_directory(const std::string& home, const std::string& directory) {
  return directory.starts_with(home + kLogs + '/');
}

/// What holds the lock; without it a directory is none of ours. Of logs it is hidden.
std::string lock_of(const std::string& home, const std::string& directory) {
  return directory + (is_log_directory(home, directory) ? kLogLock : "/lock");
}

/// Nobody uses the directory while this is held. Where the file system has no locks, its age has to
/// do.
Fd take(const std::string& home, const std::string& directory) {
  Fd fd(::open(lock_of(home, directory).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  const bool free = fd && try_lock(fd.get(), FileLock::exclusive).value_or(true);
  return free ? std::move(fd) : Fd();
}

void remove_dead_links(const std::string& directory) {
  std::error_code error;
  for (fs::directory_iterator each(directory, error), end; !error && each != end;
       each.increment(error)) {
    std::error_code ignored;
    const auto target = fs::read_symlink(each->path(), ignored).native();
    const bool leads_nowhere = !fs::exists(each->path(), ignored);
    if (is_of_logs(target) && leads_nowhere) ::unlink(each->path().c_str());
  }
}

}  // namespace

RunLock::RunLock(const std::string& directory)
    : fd_(::open((directory + kLogLock).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (fd_) (void)try_lock(fd_.get(), FileLock::shared);
}

std::vector<std::string> old_runs(const std::string& home, std::chrono::seconds age) {
  const time_t before = ::time(nullptr) - static_cast<time_t>(age.count());
  std::vector<std::string> old;
  for (auto& each : directories_in(home + kLogs)) {
    const bool ours = is_of_logs(fs::path(each).filename().native());
    if (ours && is_older(each, before) && take(home, each)) old.push_back(std::move(each));
  }
  for (auto& each : directories_in(home + kHomes)) {
    const bool ours = is_set_of_homes(fs::path(each).filename().native());
    if (ours && is_older(each, before) && take(home, each)) old.push_back(std::move(each));
  }
  return old;
}

bool remove_old_run(const std::string& home, const std::string& directory) {
  const Fd taken = take(home, directory);
  if (!taken) return false;
  remove_tree(directory);
  if (is_log_directory(home, directory)) remove_dead_links(home + kLogs);
  return changed(directory) == 0;
}

void remove_old_runs(const std::string& home, std::chrono::seconds age) {
  for (const auto& each : old_runs(home, age)) remove_old_run(home, each);
}

}  // namespace skyrun
