// SPDX-License-Identifier: Apache-2.0
//
// skyrund: the daemon of one node, and the shepherd of a job there. People do not start it.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
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

int run_shepherd() {
  EventLoop loop;
  const Shepherd shepherd(loop, take(STDIN_FILENO));
  loop.run();
  return 0;
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

int run(std::string_view option, std::vector<std::string> arguments) {
  if (option == "--version") {
    std::puts("skyrund " SKYRUN_VERSION);
    return 0;
  }
  outlive_limit_signals();
  raise_open_files();
  if (option == "--shepherd") return run_shepherd();
  if (option == "--file-sink") return run_file_sink(std::move(arguments));
  if (option.empty() && ::isatty(STDIN_FILENO) == 0) return run_daemon();
  std::fputs("skyrund is started by skyrun on each node of a job; see skyrund(8)\n", stderr);
  return option == "--help" ? 0 : kUsageError;
}

}  // namespace
}  // namespace skyrun

int main(int argc, char** argv) {
  skyrun::settle_inheritance();
  return skyrun::run(argc > 1 ? argv[1] : "",
                     std::vector<std::string>(argv + std::min(argc, 2), argv + argc));
}
