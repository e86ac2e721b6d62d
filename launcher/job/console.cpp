// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/console.h"

#include <fmt/format.h>
#include <sys/stat.h>
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
  out_.on_drained([this] { release(); });
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

void Console::hold_while_full(Receipt receipt) {
  if (full()) held_.push_back(std::move(receipt));
}

void Console::say(std::string_view line) {
  if (leaves_output_to_ranks()) return screen_->record_message(line);
  screen_->message(line);
}

void Console::report(std::string_view text) {
  if (leaves_output_to_ranks()) return remark(text);
  screen_->message(text);
}

void Console::status(std::string_view text) {
  if (!leaves_output_to_ranks()) screen_->status(text);
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
bool Console::is_one_terminal() const {
  return screen_->look().terminal && ::isatty(STDERR_FILENO) != 0;
}

void Console::remark(std::string_view line) {
  if (is_one_terminal()) return screen_->message(line);
  const std::string_view bare =
      line.substr(0, line.ends_with('\n') ? line.size() - 1 : line.size());
  const std::string text = screen_->look().ascii ? in_ascii(bare) : std::string(bare);
  if (err_) {
    err_->write(on_err_.message(text));
  } else {
    say_line(text);
  }
  screen_->record_message(line);
}

/// As behind `2>&1`: then what ranks write is woven together.
bool Console::is_one_place() const {
  struct stat out {};
  struct stat err {};
  const bool known = ::fstat(STDOUT_FILENO, &out) == 0 && ::fstat(STDERR_FILENO, &err) == 0;
  return is_one_terminal() || (known && out.st_dev == err.st_dev && out.st_ino == err.st_ino);
}

void Console::rank_error(const Origin& origin, std::string_view pieces) {
  if (is_one_place()) return screen_->output(origin, pieces);
  errors().write(on_err_.output(origin, pieces));
  screen_->record_output(origin, pieces);
}

FdWriter& Console::errors() {
  if (!err_) {
    err_.emplace(loop_, STDERR_FILENO, "standard error");
    err_->on_drained([this] { release(); });
    err_->on_empty(settled_);
  }
  return *err_;
}

bool Console::settled() const {
  const auto is_settled = [](const FdWriter& each) { return each.empty() || each.broken(); };
  return is_settled(out_) && (!err_ || is_settled(*err_));
}

void Console::release() {
  if (!full()) held_.clear();
}

void Console::on_settled(std::function<void()> callback) {
  settled_ = std::move(callback);
  out_.on_empty(settled_);
}

}  // namespace skyrun
