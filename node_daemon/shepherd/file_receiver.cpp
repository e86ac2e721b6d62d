// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/file_receiver.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"
#include "protocol/sync_window.h"

namespace skyrun {
namespace {
constexpr size_t kMaxWords = 4096;
}  // namespace

FileReceiver::~FileReceiver() {
  if (pid_ != 0) reaper_.forget(pid_);
}

void FileReceiver::begin(const SyncBegin& begin, const Places& places) {
  const auto started = start_sink(begin, places);
  if (!started) events_.on_end(started.error().text());
}

Result<void> FileReceiver::start_sink(const SyncBegin& begin, const Places& places) {
  auto stream = make_pipe();
  if (!stream) return tl::unexpected(std::move(stream.error()));
  auto errors = make_pipe();
  if (!errors) return tl::unexpected(std::move(errors.error()));
  Command command{.argv = {"skyrund", "--file-sink", places.scratch, places.workdir,
                           places.writes_home ? "all" : "unshared"},
                  .program = "/proc/self/exe",
                  .directory = places.home,
                  .stdin_fd = stream->first.get(),
                  .stderr_fd = errors->second.get(),
                  .death_signal = SIGKILL};
  command.argv.insert(command.argv.end(), begin.destinations.begin(), begin.destinations.end());
  set_nonblocking(stream->second.get());
  auto watch = FdWatch::open(loop_, stream->second.get(), [this](FdWatch::Ready) { write_some(); });
  if (!watch) return tl::unexpected(std::move(watch.error()));
  auto pid = spawn(command);
  if (!pid) return tl::unexpected(std::move(pid.error()));
  pid_ = *pid;
  reaper_.watch(pid_, [this](ExitStatus status) { on_exit(status); });
  watch_ = std::move(*watch);
  stream_ = std::move(stream->second);
  errors_ = std::move(errors->first);
  set_nonblocking(errors_.get());
  auto words = FdWatch::open(loop_, errors_.get(), [this](FdWatch::Ready) { read_words(); });
  if (words) {
    words_watch_ = std::move(*words);
    words_watch_->want({.read = true});
  }
  return {};
}

void FileReceiver::push(const SyncBlock& block) {
  if (!stream_) return;  // it has ended in error: the rest is dropped
  complete_ = complete_ || block.bytes.empty();
  queue_ += block.bytes;
  write_some();
}

void FileReceiver::write_some() {
  const ssize_t n = queue_.empty() ? 0 : ::write(stream_.get(), queue_.data(), queue_.size());
  if (n > 0) {
    queue_.erase(0, static_cast<size_t>(n));
    count(static_cast<size_t>(n));
  }
  const bool broken = n < 0 && errno != EAGAIN && errno != EINTR;
  if (broken || (complete_ && queue_.empty())) {
    queue_.clear();  // where it broke, the sink's end says why
    watch_.reset();
    stream_.reset();
  } else {
    watch_->want({.write = !queue_.empty()});
  }
}

void FileReceiver::count(size_t bytes) {
  taken_ += bytes;
  const bool all = complete_ && queue_.empty();
  if (taken_ - told_ < kSyncStep && !all) return;
  told_ = taken_;
  events_.on_taken(taken_);
}

/// What it says is read as it comes, or it would wait for us; and never waited for, since whoever
/// it started may hold the pipe when it has ended.
void FileReceiver::read_words() {
  std::array<char, kMaxWords> block{};
  const ssize_t n = ::read(errors_.get(), block.data(), block.size());
  if (n == 0) words_watch_.reset();
  if (n <= 0) return;
  words_.append(block.data(), static_cast<size_t>(n));
  if (words_.size() > kMaxWords) words_.erase(0, words_.size() - kMaxWords);
}

void FileReceiver::on_exit(ExitStatus status) {
  pid_ = 0;
  watch_.reset();
  stream_.reset();
  queue_.clear();
  read_words();
  words_watch_.reset();
  if (status.ok()) return events_.on_end("");
  const std::string said(trim(words_));
  events_.on_end(said.empty() ? "unpacking files: " + to_text(status) : said);
}

}  // namespace skyrun
