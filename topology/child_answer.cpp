// SPDX-License-Identifier: Apache-2.0
#include "topology/child_answer.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <optional>

#include "core/fd.h"

namespace skyrun {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr size_t kMostBytes = 1U << 20U;
constexpr char kEnd = '\0';  // of a whole answer

/// Neither what the library prints nor a child that never ends may hold our output open.
void become_silent() {
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null, fd);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

[[noreturn]] void be_child(const std::function<std::string()>& work, int answer) {
  become_silent();
  static_cast<void>(write_all(answer, work() + kEnd));
  ::_exit(0);
}

/// Up to the end of the pipe; nothing where that does not come in time.
std::optional<std::string> read_until(int fd, Clock::time_point end) {
  std::string text;
  std::array<char, 4096> block{};
  while (text.size() <= kMostBytes) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now()).count();
    pollfd ready{fd, POLLIN, 0};
    if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) == 0) return std::nullopt;
    const ssize_t n = ready.revents == 0 ? -1 : ::read(fd, block.data(), block.size());
    if (n == 0) return text;
    if (n > 0) text.append(block.data(), static_cast<size_t>(n));
  }
  return std::nullopt;
}

/// Kills it; waits only a moment, for it may be stuck in the kernel.
void end_child(pid_t child) {
  ::kill(child, SIGKILL);
  for (int i = 0; i < 100 && ::waitpid(child, nullptr, WNOHANG) == 0; ++i) ::usleep(1000);
}

}  // namespace

Result<std::string> answer_of_child(const std::function<std::string()>& work,
                                    milliseconds patience) {
  auto pipe = make_pipe();
  if (!pipe) return tl::unexpected(std::move(pipe.error()));
  const pid_t child = ::fork();
  if (child < 0) return tl::unexpected(errno_error("fork"));
  if (child == 0) be_child(work, pipe->second.get());
  pipe->second.reset();
  auto text = read_until(pipe->first.get(), Clock::now() + patience);
  end_child(child);
  if (!text) return failure("no answer within " + std::to_string(patience.count()) + " ms");
  if (text->empty() || text->back() != kEnd) return failure("it ended before it had answered");
  text->pop_back();
  return std::move(*text);
}

}  // namespace skyrun
