// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "node_daemon/files/replace.h"

namespace skyrun {

NewFile::NewFile(int directory_fd, std::string name, std::string path)
    : directory_fd_(directory_fd),
      name_(std::move(name)),
      path_(std::move(path)),
      temporary_(temporary_name()) {}

Result<NewFile> NewFile::create(int directory_fd, std::string name, std::string path) {
  NewFile file(directory_fd, std::move(name), std::move(path));
  const auto open = [&file] {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    return ::openat(file.directory_fd_, file.temporary_.c_str(), kFlags, 0600);
  };
  file.fd_ = Fd(write_in(directory_fd, open));
  if (!file.fd_) return tl::unexpected(errno_error(file.path_));
  return file;
}

NewFile::~NewFile() {
  if (fd_) ::unlinkat(directory_fd_, temporary_.c_str(), 0);
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
  const auto rename = [this] { return rename_over(directory_fd_, temporary_, name_); };
  const bool committed = ::ftruncate(fd, size) == 0 && flush() &&
                         ::fchmod(fd, attributes.mode) == 0 && ::futimens(fd, times.data()) == 0 &&
                         write_in(directory_fd_, rename) == 0;
  if (!committed) return tl::unexpected(errno_error(path_));
  fd_.reset();
  return {};
}

/// Over NFS it is close() that says that the disk is full; closing a copy leaves ours open.
bool NewFile::flush() {
  const int copy = ::fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0);
  return copy >= 0 && ::close(copy) == 0;
}

}  // namespace skyrun
