// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/new_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace skyrun {
namespace {

constexpr unsigned kPrivate = 0600;

bool knows_no_unnamed_files(int errnum) {
  return errnum == EOPNOTSUPP || errnum == EISDIR || errnum == EINVAL || errnum == ENOENT;
}

}  // namespace

Result<NewFile> NewFile::create(Spot spot, std::string path, const Staging& staging) {
  NewFile file(std::move(spot), std::move(path), staging);
  const auto open = [fd = file.spot_.directory_fd] {
    return ::openat(fd, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, kPrivate);
  };
  file.fd_ = Fd(write_in(file.spot_.directory_fd, open));
  if (file.fd_ || (knows_no_unnamed_files(errno) && file.open_beside())) return file;
  return tl::unexpected(errno_error(file.path_));
}

bool NewFile::open_beside() {
  beside_ = staging_->begin_beside(spot_);
  if (beside_.empty()) return false;
  const auto open = [this] {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    return ::openat(spot_.directory_fd, beside_.c_str(), kFlags, kPrivate);
  };
  fd_ = Fd(write_in(spot_.directory_fd, open));
  if (!fd_) staging_->drop_beside(spot_, beside_);
  return static_cast<bool>(fd_);
}

NewFile::~NewFile() {
  if (fd_ && !beside_.empty()) staging_->drop_beside(spot_, beside_);
}

Result<void> NewFile::write_at(off_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(fd_.get(), bytes.data(), bytes.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(errno_error(path_));
    bytes.remove_prefix(static_cast<size_t>(count));
    offset += count;
  }
  return {};
}

Result<void> NewFile::commit(off_t size, const Attributes& attributes) {
  const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, attributes.mtime};
  const int fd = fd_.get();
  const bool complete = ::ftruncate(fd, size) == 0 && flush() &&
                        ::fchmod(fd, attributes.mode) == 0 && ::futimens(fd, times.data()) == 0;
  if (!complete || take_place() != 0) return tl::unexpected(errno_error(path_));
  fd_.reset();
  return {};
}

int NewFile::take_place() {
  if (!beside_.empty()) {
    const std::string name = std::exchange(beside_, "");
    return staging_->commit_beside(spot_, name);
  }
  const std::string open = fmt::format("/proc/self/fd/{}", fd_.get());
  return staging_->put(spot_, [&open](int directory_fd, const std::string& name) {
    return ::linkat(AT_FDCWD, open.c_str(), directory_fd, name.c_str(), AT_SYMLINK_FOLLOW);
  });
}

/// Over NFS it is close() that says that the disk is full; closing a copy leaves ours open.
bool NewFile::flush() {
  const int copy = ::fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0);
  return copy >= 0 && ::close(copy) == 0;
}

}  // namespace skyrun
