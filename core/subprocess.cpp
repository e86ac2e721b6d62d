// SPDX-License-Identifier: Apache-2.0
//
// fork and exec. Between the two the child only makes system calls: everything that allocates is
// prepared before the fork. A close-on-exec pipe carries errno back when exec fails.
#include "core/subprocess.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "core/fd.h"
#include "core/hosts_namespace.h"
#include "core/open_files.h"

namespace skyrun {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (const auto& each : strings) result.push_back(const_cast<char*>(each.c_str()));
  result.push_back(nullptr);
  return result;
}

void reset_signals() {
  for (int signo = 1; signo < NSIG; ++signo) std::signal(signo, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
}

/// Puts `from` at 0, 1 or 2. The sources were moved above 2 by the caller.
bool place(int from, int to) {
  return ::dup2(from, to) >= 0;
}

struct Stdio {
  int in, out, err;
};

/// Runs in the child; returns only on failure, with errno set.
void become(const Command& command, const Stdio& stdio, char* const* argv, char* const* envp,
            pid_t parent, const HostsNamespace& hosts) {
  reset_signals();
  restore_open_files();
  // First: new credentials would take the death signal back.
  if (!command.hosts_file.empty() && !hosts.enter()) return;
  if (command.new_session && ::setsid() < 0) return;
  if (command.death_signal != 0) {
    if (::prctl(PR_SET_PDEATHSIG, command.death_signal) != 0) return;
    if (::getppid() != parent) ::_exit(127);  // it died before we asked
  }
  if (!place(stdio.in, 0) || !place(stdio.out, 1) || !place(stdio.err, 2)) return;
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0) return;
  ::execvpe(argv[0], argv, envp);
}

/// A copy of the descriptor above 2, so that placing one never overwrites another.
Result<Fd> above_stdio(int fd, int fallback) {
  Fd copy(::fcntl(fd >= 0 ? fd : fallback, F_DUPFD_CLOEXEC, 3));
  if (!copy) return tl::unexpected(errno_error("dup"));
  return copy;
}

Result<pid_t> fork_exec(const Command& command, const Stdio& stdio) {
  auto report = make_pipe();
  if (!report) return tl::unexpected(std::move(report.error()));
  const auto argv = pointers(command.argv);
  const auto env = command.environment ? pointers(*command.environment) : std::vector<char*>();
  char* const* envp = command.environment ? env.data() : ::environ;
  const pid_t parent = ::getpid();
  const HostsNamespace hosts(command.hosts_file);

  const pid_t pid = ::fork();
  if (pid < 0) return tl::unexpected(errno_error("fork"));
  if (pid == 0) {
    become(command, stdio, argv.data(), envp, parent, hosts);
    const int errnum = errno;
    [[maybe_unused]] const auto sent = ::write(report->second.get(), &errnum, sizeof errnum);
    ::_exit(127);
  }
  report->second.reset();
  int errnum = 0;
  ssize_t n = 0;
  while ((n = ::read(report->first.get(), &errnum, sizeof errnum)) < 0 && errno == EINTR) {
  }
  if (n == 0) return pid;
  return tl::unexpected(errno_error(command.argv[0], errnum));  // the Reaper collects the child
}

}  // namespace

Result<pid_t> spawn(const Command& command) {
  auto null = open_file("/dev/null", O_RDWR);
  if (!null) return tl::unexpected(std::move(null.error()));
  auto in = above_stdio(command.stdin_fd, null->get());
  auto out = above_stdio(command.stdout_fd, null->get());
  auto err = above_stdio(command.stderr_fd, 2);
  for (auto* each : {&in, &out, &err}) {
    if (!*each) return tl::unexpected(std::move(each->error()));
  }
  return fork_exec(command, Stdio{in->get(), out->get(), err->get()});
}

}  // namespace skyrun
