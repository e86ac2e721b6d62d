// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "core/directory.h"
#include "launcher/presentable.h"
#include "launcher/say.h"

namespace skyrun {
namespace {

std::string words_of_broken_log(const Error& error) {
  return "skyrun: warning: " + presentable(error.text()) + "; the job goes on without this log";
}

}  // namespace

Console::Console(EventLoop& loop, const std::string& log_directory, Voice voice)
    : loop_(loop),
      voice_(voice),
      opened_(loop.now()),
      out_(loop, STDOUT_FILENO, "standard output") {
  auto log = open_log(log_directory);
  in_use_.emplace(log_directory);
  if (log) {
    log_fd_ = std::move(*log);
    log_.emplace(loop, log_fd_.get(), log_directory + "/run.log");
  }
  screen_.emplace(loop, out_, log_ ? &*log_ : nullptr, Look::of(STDOUT_FILENO));
  if (log_) log_->on_broken([this](const Error& error) { remark(words_of_broken_log(error)); });
  if (!log) notice("no combined log: " + log.error().text());
}

Console::~Console() {
  if (!log_) return;
  // Where the last lines did not fit, nobody else has said so; the screen shows no more by now.
  log_->on_broken([](const Error& error) { say_line(words_of_broken_log(error)); });
  log_->tell_of_failure();
}

Result<Fd> Console::open_log(const std::string& directory) {
  auto made = make_directories(directory, 0700);
  if (!made) return tl::unexpected(std::move(made.error()));
  return open_log_file(directory + "/run.log");
}

void Console::say(std::string_view line) {
  if (voice_ == Voice::quiet) return screen_->record_message(line);
  screen_->message(line);
}

void Console::report(std::string_view text) {
  if (voice_ == Voice::quiet) return remark(text);
  screen_->message(text);
}

void Console::status(std::string_view text) {
  if (voice_ != Voice::quiet) screen_->status(text);
}

void Console::step(std::string_view text) {
  if (voice_ != Voice::verbose) return;
  remark(fmt::format("skyrun: {:.2f} s: {}", std::chrono::duration<double>(age()).count(), text));
}

void Console::notice(const std::string& text) {
  const std::string line = "skyrun: notice: " + presentable(text);
  if (voice_ == Voice::quiet) return screen_->record_message(line);
  remark(line);
}

void Console::error(const std::string& text) {
  remark("skyrun: error: " + presentable(text));
}

/// On one terminal both streams share the status line; otherwise standard error is a place apart.
void Console::remark(std::string_view line) {
  if (screen_->look().terminal && ::isatty(STDERR_FILENO) != 0) return screen_->message(line);
  const std::string_view text =
      line.substr(0, line.ends_with('\n') ? line.size() - 1 : line.size());
  say_line(screen_->look().ascii ? in_ascii(text) : std::string(text));
  screen_->record_message(line);
}

}  // namespace skyrun
