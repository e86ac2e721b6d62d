// SPDX-License-Identifier: Apache-2.0
#include "core/fd.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace skyrun {

void Fd::reset() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Result<FdPair> make_pipe() {
  std::array<int, 2> fds{};
  if (::pipe2(fds.data(), O_CLOEXEC) != 0) return tl::unexpected(errno_error("pipe"));
  return FdPair{Fd(fds[0]), Fd(fds[1])};
}

Result<FdPair> make_socketpair() {
  std::array<int, 2> fds{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    return tl::unexpected(errno_error("socketpair"));
  }
  return FdPair{Fd(fds[0]), Fd(fds[1])};
}

Result<Fd> open_file(const std::string& path, int flags, unsigned mode) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  if (fd < 0) return tl::unexpected(errno_error(path));
  return Fd(fd);
}

Result<Fd> open_log_file(const std::string& path, int flags) {
  // O_NONBLOCK: a fifo in its place must not keep us waiting.
  auto log = open_file(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | flags);
  if (!log) return log;
  struct stat status {};
  if (::fstat(log->get(), &status) != 0) return tl::unexpected(errno_error(path));
  if (!S_ISREG(status.st_mode)) return failure(path + ": not a file");
  ::fchmod(log->get(), S_IRUSR | S_IWUSR);
  return log;
}

pid_t peer_of(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : 0;
}

void set_nonblocking(int fd) {
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

Result<void> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::unexpected(errno_error("write"));
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return {};
}

Result<std::string> read_file(const std::string& path, size_t limit) {
  auto fd = open_file(path, O_RDONLY);
  if (!fd) return tl::unexpected(std::move(fd.error()));
  std::string text;
  std::array<char, 65536> block{};
  for (;;) {
    const ssize_t n = ::read(fd->get(), block.data(), block.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::unexpected(errno_error(path));
    if (n == 0) return text;
    text.append(block.data(), static_cast<size_t>(n));
    if (text.size() > limit)
      return failure(path + ": larger than " + std::to_string(limit >> 20U) + " MiB");
  }
}

}  // namespace skyrun
