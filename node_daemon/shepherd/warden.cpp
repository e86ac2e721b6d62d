// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/warden.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <utility>

#include "core/process_tree.h"
#include "node_daemon/shepherd/sweep.h"

namespace skyrun {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Millis kSweepPatience{5000};
constexpr Millis kMoment{5};

/// The shepherd whose pulse ends is about to end: it is looked at often then.
class Watch {
 public:
  explicit Watch(Parted parted) : parted_(std::move(parted)) {
    set_nonblocking(parted_.pulse.get());
  }

  /// Waits for the shepherd's end, and brings it about when it is silent. As waitpid(2) has it.
  int await_end() {
    int status = 0;
    while (::waitpid(parted_.shepherd, &status, WNOHANG) == 0) {
      wait_for_beat();
      if (is_silent()) ::kill(parted_.shepherd, SIGKILL);
    }
    return status;
  }

  bool is_silent() const { return silent_ >= kWardenLease / kPulsePeriod; }

 private:
  /// Until there is one, or a period of our own time is over: while we are suspended none is.
  void wait_for_beat() {
    pollfd beat{.fd = parted_.pulse.get(), .events = POLLIN};
    const auto left = std::chrono::duration_cast<Millis>(period_end_ - Clock::now());
    const Millis time = parted_.pulse ? std::max(left, Millis(0)) + Millis(1) : kMoment;
    if (::poll(&beat, 1, static_cast<int>(time.count())) > 0) feel();
    if (Clock::now() < period_end_) return;
    ++silent_;
    period_end_ = Clock::now() + kPulsePeriod;
  }

  void feel() {
    std::array<char, 64> beats{};
    const ssize_t n = ::read(parted_.pulse.get(), beats.data(), beats.size());
    if (n > 0) silent_ = 0;
    if (n == 0) parted_.pulse.reset();
  }

  Parted parted_;
  int silent_ = 0;
  Clock::time_point period_end_ = Clock::now() + kPulsePeriod;
};

/// With the shepherd gone its family is ours.
void end_family() {
  const auto until = Clock::now() + kSweepPatience;
  while (has_children() && Clock::now() < until) {
    kill_own_children();
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    if (has_children()) ::poll(nullptr, 0, 1);
  }
}

[[noreturn]] void end_as(int status) {
  if (WIFSIGNALED(status)) {
    const rlimit no_core{};
    ::setrlimit(RLIMIT_CORE, &no_core);
    std::signal(WTERMSIG(status), SIG_DFL);
    ::raise(WTERMSIG(status));
  }
  ::_exit(WEXITSTATUS(status));
}

}  // namespace

Result<Parted> part_from_warden() {
  auto pulse = make_socketpair();
  if (!pulse) return tl::unexpected(std::move(pulse.error()));
  become_subreaper();
  const pid_t pid = ::fork();
  if (pid < 0) return tl::unexpected(errno_error("fork"));
  return Parted{pid, std::move(pid == 0 ? pulse->first : pulse->second)};
}

void watch_over(Parted parted, pid_t daemon) {
  ::prctl(PR_SET_NAME, "skyrun-warden");  // what ends all of one name shall spare it
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd <= STDERR_FILENO; ++fd) ::dup2(null, fd);
  ::close(null);
  Watch watch(std::move(parted));
  const int status = watch.await_end();
  end_family();
  // As long as it is our parent nobody else has its pid.
  if (watch.is_silent() && ::getppid() == daemon) ::kill(daemon, SIGKILL);
  end_as(status);
}

}  // namespace skyrun
