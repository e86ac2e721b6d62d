// SPDX-License-Identifier: Apache-2.0
#include "core/run_program.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "core/fd.h"

namespace skyrun {
namespace {

/// Readable while one of those signals that we hold back has come; it stays to be delivered.
Fd held_signals() {
  sigset_t held;
  if (::pthread_sigmask(SIG_BLOCK, nullptr, &held) != 0) return {};
  return Fd(::signalfd(-1, &held, SFD_CLOEXEC));
}

/// What there is to read; the end closes it.
void read_some(Fd& from, std::string& to) {
  std::array<char, 65536> block{};
  const ssize_t size = ::read(from.get(), block.data(), block.size());
  if (size > 0) to.append(block.data(), static_cast<size_t>(size));
  if (size == 0 || (size < 0 && errno != EINTR)) from.reset();
}

/// Reads both until both have ended. A signal that is held back from us is the program's end, or
/// that of its process group: `target` is as for kill(2).
void read_both(Fd& out, Fd& err, pid_t target, ProgramEnd& end) {
  Fd signals = held_signals();
  while (out || err) {
    std::array<pollfd, 3> polled{pollfd{out.get(), POLLIN, 0}, pollfd{err.get(), POLLIN, 0},
                                 pollfd{signals.get(), POLLIN, 0}};
    if (::poll(polled.data(), polled.size(), -1) < 0) continue;  // EINTR
    if (polled[0].revents != 0) read_some(out, end.out);
    if (polled[1].revents != 0) read_some(err, end.err);
    if (polled[2].revents == 0) continue;
    ::kill(target, SIGTERM);
    signals.reset();
  }
}

}  // namespace

Result<ProgramEnd> run_program(Command command) {
  auto out = make_pipe();
  if (!out) return tl::unexpected(std::move(out.error()));
  auto err = make_pipe();
  if (!err) return tl::unexpected(std::move(err.error()));
  command.stdout_fd = out->second.get();
  command.stderr_fd = err->second.get();
  auto pid = spawn(command);
  if (!pid) return tl::unexpected(std::move(pid.error()));
  out->second.reset();
  err->second.reset();
  ProgramEnd end;
  read_both(out->first, err->first, command.new_session ? -*pid : *pid, end);
  int status = 0;
  while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  end.status = ExitStatus::from_wait(status);
  return end;
}

}  // namespace skyrun
