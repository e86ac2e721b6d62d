// SPDX-License-Identifier: Apache-2.0
//
// How not to block on a descriptor that must stay blocking:
// - a pipe or a terminal is opened again through /proc/self/fd, which gives a description of our
//   own that may be non-blocking;
// - a socket is written with MSG_DONTWAIT;
// - where opening again is refused (after su), only as much is written at a time as surely has
//   room: PIPE_BUF bytes in a ready pipe (pipe(7)), and less in a ready terminal.
#include "launcher/output/writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

namespace skyrun {
namespace {

constexpr size_t kMostPerTurn = size_t{1} << 16U;
// Linux counts the room of a pseudo terminal in units of 256 bytes (drivers/tty/tty_buffer.c), and
// a terminal may make two bytes of one.
constexpr size_t kRoomOfTerminal = 128;
constexpr size_t kCompactAbove = size_t{1} << 16U;

mode_t type_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? status.st_mode & S_IFMT : 0;
}

Fd open_again(int fd) {
  const int flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  return Fd(::open(fmt::format("/proc/self/fd/{}", fd).c_str(), flags));
}

}  // namespace

FdWriter::FdWriter(EventLoop& loop, int fd, std::string name)
    : fd_(fd), name_(std::move(name)), later_(loop, [this] { tell(); }) {
  const mode_t type = type_of(fd);
  const bool is_terminal = ::isatty(fd) != 0;
  is_socket_ = type == S_IFSOCK;
  if (type == S_IFIFO || is_terminal) own_ = open_again(fd);
  most_per_turn_ = own_ || is_socket_ ? kMostPerTurn : is_terminal ? kRoomOfTerminal : PIPE_BUF;
  watch(loop);
}

/// The loop's library sets O_NONBLOCK on what it polls. So it gets an epoll descriptor of ours,
/// which is readable when the target is writable.
void FdWriter::watch(EventLoop& loop) {
  epoll_ = Fd(::epoll_create1(EPOLL_CLOEXEC));
  epoll_event event{};
  event.events = EPOLLOUT;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, own_ ? own_.get() : fd_, &event) != 0) return;
  auto watch = FdWatch::open(loop, epoll_.get(), [this](FdWatch::Ready) { write_some(); });
  if (!watch) return;
  watch_ = std::move(*watch);
  pollable_ = true;
}

void FdWriter::write(std::string_view bytes) {
  if (broken() || bytes.empty()) return;
  if (!pollable_) {
    write_at_once(bytes);
    return;
  }
  if (empty()) watch_.want({.read = true});
  queue_ += bytes;
  was_full_ = was_full_ || full();
}

void FdWriter::write_at_once(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      fail(errno);
      later_.start(Millis(0));
      return;
    }
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

void FdWriter::write_some() {
  const std::string_view bytes = std::string_view(queue_).substr(sent_, most_per_turn_);
  const ssize_t n = is_socket_
                        ? ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL)
                        : ::write(own_ ? own_.get() : fd_, bytes.data(), bytes.size());
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n < 0) {
    fail(errno);
  } else {
    sent_ += static_cast<size_t>(n);
  }
  if (empty()) watch_.want({});
  if (empty() || sent_ > std::max(kCompactAbove, queue_.size() / 2)) {
    queue_.erase(0, std::exchange(sent_, 0));
  }
  tell();
}

void FdWriter::fail(int errnum) {
  error_ = errno_error(name_, errnum);
  queue_.clear();
  sent_ = 0;
}

void FdWriter::tell_of_failure() {
  if (error_ && !std::exchange(told_error_, true) && on_broken_) on_broken_(*error_);
}

/// In the order in which a caller wants to know: what went wrong, then that there is room.
void FdWriter::tell() {
  tell_of_failure();
  const bool drained = was_full_ && queued() <= kLowWater;
  if (drained) was_full_ = false;
  if (drained && on_drained_) on_drained_();
  if (empty() && on_empty_) on_empty_();
}

}  // namespace skyrun
