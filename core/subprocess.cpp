// SPDX-License-Identifier: Apache-2.0
//
// fork and exec. Between the two the child only makes system calls: everything that allocates is
// prepared before the fork. A close-on-exec pipe carries back what failed: a binding, which the
// program does without, or exec.
#include "core/subprocess.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include "core/fd.h"
#include "core/hosts_namespace.h"
#include "core/inheritance.h"
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

/// What ends programs of a terminal or a group stays ignored by one that stays in ours.
void reset_signals(bool new_session) {
  for (int signo = 1; signo < NSIG; ++signo) {
    const bool ends_groups =
        signo == SIGHUP || signo == SIGINT || signo == SIGQUIT || signo == SIGTERM;
    if (new_session || !ends_groups || !is_ignored(signo)) std::signal(signo, SIG_DFL);
  }
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

/// What the child sends of a step that failed.
struct Failure {
  int step = kExec;  ///< or a BindStep
  int errnum = 0;

  static constexpr int kExec = 0;
};

void send_failure(int fd, Failure failure) {
  [[maybe_unused]] const auto sent = ::write(fd, &failure, sizeof failure);
}

/// The next failure that the child sent; none once it has executed, or has gone.
std::optional<Failure> receive_failure(int fd) {
  Failure failure;
  ssize_t n = 0;
  while ((n = ::read(fd, &failure, sizeof failure)) < 0 && errno == EINTR) {
  }
  return n == ssize_t{sizeof failure} ? std::optional(failure) : std::nullopt;
}

/// What is prepared for the child before the fork.
struct Prepared {
  const HostsNamespace& hosts;
  const ProcessBinding& binding;
  pid_t parent;
  int report_fd;
};

/// Runs in the child; returns only on failure, with errno set.
void become(const Command& command, const Stdio& stdio, char* const* argv, char* const* envp,
            const Prepared& prepared) {
  reset_signals(command.new_session);
  restore_open_files();
  // First: new credentials would take the death signal back.
  if (!command.hosts.empty() && !prepared.hosts.enter()) return;
  if (command.new_session && ::setsid() < 0) return;
  if (command.death_signal != 0) {
    if (::prctl(PR_SET_PDEATHSIG, command.death_signal) != 0) return;
    if (::getppid() != prepared.parent) ::_exit(127);  // it died before we asked
  }
  for (const int fd : command.inherited) ::fcntl(fd, F_SETFD, 0);
  if (!place(stdio.in, 0) || !place(stdio.out, 1) || !place(stdio.err, 2)) return;
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0) return;
  prepared.binding.apply([fd = prepared.report_fd](BindStep step, int errnum) {
    send_failure(fd, {static_cast<int>(step), errnum});
  });
  ::execvpe(command.program.empty() ? argv[0] : command.program.c_str(), argv, envp);
}

/// A copy of the descriptor above 2, so that placing one never overwrites another.
Result<Fd> above_stdio(int fd, int fallback) {
  Fd copy(::fcntl(fd >= 0 ? fd : fallback, F_DUPFD_CLOEXEC, 3));
  if (!copy) return tl::unexpected(errno_error("dup"));
  return copy;
}

Error fork_error() {
  const bool too_many = errno == EAGAIN;
  Error error = errno_error("fork");
  if (!too_many) return error;
  return Error(error.text() + "; raise this account's limit of processes there (ulimit -u)");
}

Result<pid_t> fork_exec(const Command& command, const Stdio& stdio) {
  auto report = make_pipe();
  if (!report) return tl::unexpected(std::move(report.error()));
  const auto argv = pointers(command.argv);
  const auto env = command.environment ? pointers(*command.environment) : std::vector<char*>();
  char* const* envp = command.environment ? env.data() : ::environ;
  const HostsNamespace hosts(command.hosts);
  const ProcessBinding binding(command.cpus, command.numa);
  const Prepared prepared{hosts, binding, ::getpid(), report->second.get()};

  const pid_t pid = ::fork();
  if (pid < 0) return tl::unexpected(fork_error());
  if (pid == 0) {
    become(command, stdio, argv.data(), envp, prepared);
    send_failure(prepared.report_fd, {Failure::kExec, errno});
    ::_exit(127);
  }
  report->second.reset();
  while (const auto failed = receive_failure(report->first.get())) {
    // The Reaper collects the child.
    if (failed->step == Failure::kExec) {
      return tl::unexpected(errno_error(command.argv[0], failed->errnum));
    }
    if (command.on_notice) {
      command.on_notice(describe(static_cast<BindStep>(failed->step), failed->errnum));
    }
  }
  return pid;
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
