// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/file_receiver.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"

namespace skyrun {

void FileReceiver::begin(const SyncBegin& begin, const std::string& home,
                         const std::string& scratch) {
  const auto started = start_sink(begin, home, scratch);
  if (!started) events_.on_end(started.error().text());
}

Result<void> FileReceiver::start_sink(const SyncBegin& begin, const std::string& home,
                                      const std::string& scratch) {
  auto stream = make_pipe();
  if (!stream) return tl::unexpected(std::move(stream.error()));
  auto errors = make_pipe();
  if (!errors) return tl::unexpected(std::move(errors.error()));
  Command command{.argv = {"/proc/self/exe", "--file-sink", scratch},
                  .directory = home,
                  .stdin_fd = stream->first.get(),
                  .stderr_fd = errors->second.get(),
                  .death_signal = SIGKILL};
  command.argv.insert(command.argv.end(), begin.destinations.begin(), begin.destinations.end());
  auto pid = spawn(command);
  if (!pid) return tl::unexpected(std::move(pid.error()));
  reaper_.watch(*pid, [this](ExitStatus status) { on_exit(status); });
  stream_ = std::move(stream->second);
  errors_ = std::move(errors->first);
  set_nonblocking(stream_.get());
  auto watch = FdWatch::open(loop_, stream_.get(), [this](FdWatch::Ready) { write_some(); });
  if (watch) watch_ = std::move(*watch);
  return {};
}

void FileReceiver::push(const SyncBlock& block) {
  if (!stream_) return;  // it has ended in error: the rest is dropped
  complete_ = complete_ || block.bytes.empty();
  queue_ += block.bytes;
  write_some();
}

void FileReceiver::write_some() {
  const bool was_congested = congested();
  const ssize_t n = queue_.empty() ? 0 : ::write(stream_.get(), queue_.data(), queue_.size());
  if (n > 0) queue_.erase(0, static_cast<size_t>(n));
  const bool broken = n < 0 && errno != EAGAIN && errno != EINTR;
  if (broken || (complete_ && queue_.empty())) {
    queue_.clear();  // where it broke, the sink's end says why
    watch_.reset();
    stream_.reset();
  } else {
    watch_->want({.write = !queue_.empty()});
  }
  if (was_congested && !congested()) events_.on_drained();
}

void FileReceiver::on_exit(ExitStatus status) {
  watch_.reset();
  stream_.reset();
  queue_.clear();
  std::array<char, 4096> words{};
  const ssize_t n = ::read(errors_.get(), words.data(), words.size());
  const std::string said(trim({words.data(), n > 0 ? static_cast<size_t>(n) : 0}));
  events_.on_drained();
  if (status.ok()) return events_.on_end("");
  events_.on_end(said.empty() ? "unpacking files: " + to_text(status) : said);
}

}  // namespace skyrun
