// SPDX-License-Identifier: Apache-2.0
//
// skyrund: the daemon of one node, and the shepherd of a job there. People do not start it.
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/directory.h"
#include "core/event_loop.h"
#include "core/fd.h"
#include "core/inheritance.h"
#include "core/limit_signals.h"
#include "core/open_files.h"
#include "node_daemon/daemon.h"
#include "node_daemon/files/file_sink.h"
#include "node_daemon/shepherd/shepherd.h"
#include "node_daemon/shepherd/warden.h"

namespace skyrun {
namespace {

constexpr int kUsageError = 2;

/// Takes the descriptor from its number, so that nothing that is started inherits it.
Fd take(int number) {
  Fd taken(::fcntl(number, F_DUPFD_CLOEXEC, 3));
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, number);
  ::close(null);
  return taken;
}

/// Process lists show what a process is by the argument that it was started with.
void show_as(const char* option, char* argument) {
  std::strncpy(argument, option, std::strlen(argument));
}

int run_shepherd(char* option) {
  Fd link = take(STDIN_FILENO);
  auto parted = part_from_warden();
  if (!parted) {
    std::fprintf(stderr, "skyrund: %s\n", parted.error().text().c_str());
    return 1;
  }
  if (parted->shepherd != 0) {
    const pid_t daemon = peer_of(link.get());
    link.reset();
    show_as("--warden", option);
    watch_over(std::move(*parted), daemon);
  }
  EventLoop loop;
  const Shepherd shepherd(loop, std::move(link), std::move(parted->pulse));
  loop.run();
  return shepherd.dismissed() ? 0 : 1;
}

/// The scratch directory, the workdir, "all" or "unshared", and the mounts' destinations are the
/// arguments, the stream of files is the standard input.
int run_file_sink(std::vector<std::string> arguments) {
  if (arguments.size() < 3) return kUsageError;
  auto staging = Staging::open(arguments[0]);
  NodePaths paths{.home = home_directory(),
                  .workdir = arguments[1],
                  .home_is_written_elsewhere = arguments[2] == "unshared"};
  arguments.erase(arguments.begin(), arguments.begin() + 3);
  auto done = staging ? FileSink(std::move(paths), std::move(*staging), std::move(arguments))
                            .extract(STDIN_FILENO)
                      : tl::unexpected(std::move(staging.error()));
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return 1;
}

int run_daemon() {
  EventLoop loop;
  Fd in = take(STDIN_FILENO);
  Fd out = take(STDOUT_FILENO);
  const Daemon daemon(loop, std::move(in), std::move(out), "/proc/self/exe");
  loop.run();
  return 0;
}

int run(char* argument, std::vector<std::string> arguments) {
  const std::string_view option = argument == nullptr ? "" : argument;
  if (option == "--version") {
    std::puts("skyrund " SKYRUN_VERSION);
    return 0;
  }
  ::prctl(PR_SET_NAME, "skyrund");  // the kernel has named it after what was executed: "exe"
  outlive_limit_signals();
  raise_open_files();
  if (option == "--shepherd") return run_shepherd(argument);
  if (option == "--file-sink") return run_file_sink(std::move(arguments));
  if (option.empty() && ::isatty(STDIN_FILENO) == 0) return run_daemon();
  std::fputs("skyrund is started by skyrun on each node of a job; see skyrund(8)\n", stderr);
  return option == "--help" ? 0 : kUsageError;
}

}  // namespace
}  // namespace skyrun

int main(int argc, char** argv) {
  skyrun::settle_inheritance();
  return skyrun::run(argc > 1 ? argv[1] : nullptr,
                     std::vector<std::string>(argv + std::min(argc, 2), argv + argc));
}
