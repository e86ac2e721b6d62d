// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace skyrun {

/// An open file descriptor that closes itself. Everything made here is close-on-exec.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  int get() const { return fd_; }
  /// Hands it to whoever closes it from now on.
  int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }
  void reset();

 private:
  int fd_ = -1;
};

struct FdPair {
  Fd first, second;
};

/// A pipe: `first` is read, `second` is written.
Result<FdPair> make_pipe();

/// Two connected stream sockets.
Result<FdPair> make_socketpair();

Result<Fd> open_file(const std::string& path, int flags, unsigned mode = 0600);

/// Opens a log for appending, for its owner alone whatever the umask says: what a job prints may be
/// secret. A link or anything else than a file in its place is refused. `flags`: O_EXCL.
Result<Fd> open_log_file(const std::string& path, int flags = 0);

/// The process that made the socketpair that `fd` is one end of; 0 where the kernel does not tell.
pid_t peer_of(int fd);

/// Errors of fcntl on an open descriptor are programming errors, so this has none to return.
void set_nonblocking(int fd);

/// Writes all of it to a blocking descriptor.
Result<void> write_all(int fd, std::string_view bytes);

/// The whole of a file, refused above `limit` bytes.
Result<std::string> read_file(const std::string& path, size_t limit = 64U << 20U);

}  // namespace skyrun
