// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/workdir.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "core/directory.h"
#include "core/file_lock.h"

namespace skyrun {
namespace {

constexpr int kAttempts = 100;
constexpr useconds_t kBetweenAttempts = 5000;
constexpr size_t kMostOfName = 4096;

Result<Fd> open_lock(const std::string& home) {
  return open_file(home + "/.skyrun/workdir.lock", O_RDWR | O_CREAT | O_NOFOLLOW);
}

Result<void> write_name(int fd, std::string_view name) {
  const bool written = ::ftruncate(fd, 0) == 0 && ::pwrite(fd, name.data(), name.size(), 0) ==
                                                      static_cast<ssize_t>(name.size());
  if (!written) return tl::unexpected(errno_error("workdir.lock"));
  return {};
}

std::string read_name(int fd) {
  std::array<char, kMostOfName> name{};
  const ssize_t size = ::pread(fd, name.data(), name.size(), 0);
  return {name.data(), size > 0 ? static_cast<size_t>(size) : 0};
}

/// Whether the job may use it; nothing while somebody else is about to.
Result<std::optional<bool>> try_to_use(int fd, const std::string& name) {
  const auto alone = try_lock(fd, FileLock::exclusive, 0, 1);
  if (!alone) return std::optional(true);  // no locks here
  if (*alone) {
    if (auto written = write_name(fd, name); !written)
      return tl::unexpected(std::move(written.error()));
    (void)try_lock(fd, FileLock::shared, 0, 1);
    return std::optional(true);
  }
  const auto shared = try_lock(fd, FileLock::shared, 0, 1);
  if (!shared || !*shared) return std::optional<bool>();
  return std::optional(read_name(fd) == name);
}

Result<bool> may_use(int fd, const std::string& name) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto answer = try_to_use(fd, name);
    if (!answer) return tl::unexpected(std::move(answer.error()));
    if (*answer) return **answer;
    ::usleep(kBetweenAttempts);
  }
  return false;
}

uint64_t byte_of(const std::string& name) {
  return 1 + std::hash<std::string>()(name) % (std::numeric_limits<off_t>::max() - 1);
}

}  // namespace

Result<Workdir> Workdir::claim(const JobSpec& job, std::string home) {
  auto use = open_lock(home);
  auto write = open_lock(home);
  for (auto* each : {&use, &write}) {
    if (!*each) return tl::unexpected(std::move(each->error()));
  }
  auto mine = may_use(use->get(), job.task_id);
  if (!mine) return tl::unexpected(std::move(mine.error()));
  Workdir workdir;
  workdir.writes_home_ =
      try_lock(write->get(), FileLock::exclusive, byte_of(job.task_id), 1).value_or(true);
  workdir.home_ = std::move(home);
  workdir.own_ = "sky_logs/" + job.log_name + "/workdir";
  workdir.taken_ = !*mine;
  if (*mine) workdir.use_ = std::move(*use);
  workdir.write_ = std::move(*write);
  return workdir;
}

void Workdir::use_own() {
  relative_ = own_;
  use_.reset();
}

Result<void> Workdir::make() const {
  return make_directories(path(), 0777);
}

}  // namespace skyrun
