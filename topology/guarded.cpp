// SPDX-License-Identifier: Apache-2.0
#include "topology/guarded.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__)
#define SKYRUN_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SKYRUN_SANITIZED
#endif
#endif

namespace skyrun {
namespace {

void limit_self() {
  const rlimit cpu{10, 10};
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CPU, &cpu);
  ::setrlimit(RLIMIT_CORE, &no_core);
#ifndef SKYRUN_SANITIZED  // whose shadow is larger than any limit
  const rlimit memory{1U << 30U, 1U << 30U};
  ::setrlimit(RLIMIT_AS, &memory);
#endif
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(null, STDERR_FILENO);
}

}  // namespace

Result<void> survives(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child < 0) return tl::unexpected(errno_error("fork"));
  if (child == 0) {
    limit_self();
    work();
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return tl::unexpected(errno_error("waitpid"));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const char* how = WIFSIGNALED(status) ? ::strsignal(WTERMSIG(status)) : "it gave up";
  return failure(std::string("reading it ended in: ") + how);
}

}  // namespace skyrun
