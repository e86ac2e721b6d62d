// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "core/directory.h"

namespace skyrun {

Console::Console(EventLoop& loop, const std::string& log_directory)
    : out_(loop, STDOUT_FILENO, "standard output") {
  auto log = open_log(log_directory);
  if (log) {
    log_fd_ = std::move(*log);
    log_.emplace(loop, log_fd_.get(), log_directory + "/run.log");
  }
  screen_.emplace(loop, out_, log_ ? &*log_ : nullptr, Look::of(STDOUT_FILENO));
  if (!log) notice("no combined log: " + log.error().text());
}

Result<Fd> Console::open_log(const std::string& directory) {
  auto made = make_directories(directory);
  if (!made) return tl::unexpected(std::move(made.error()));
  return open_file(directory + "/run.log", O_WRONLY | O_CREAT | O_APPEND, 0666);
}

void Console::notice(const std::string& text) {
  remark("skyrun: notice: " + text);
}

void Console::error(const std::string& text) {
  remark("skyrun: error: " + text);
}

/// On one terminal both streams share the status line; otherwise standard error is a place apart.
void Console::remark(const std::string& line) {
  if (screen_->look().terminal && ::isatty(STDERR_FILENO) != 0) {
    screen_->message(line);
  } else {
    fmt::print(stderr, "{}\n", line);
  }
}

}  // namespace skyrun
