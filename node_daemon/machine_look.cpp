// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/machine_look.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr Millis kPatience{10000};
constexpr size_t kMaxReport = 1U << 20U;  // of the largest machines it is a tenth
constexpr size_t kMaxWords = 300;

/// What a person needs of what a program complained: its last line.
std::string last_line(std::string_view text) {
  text = trim(text);
  const size_t begin = text.rfind('\n');
  return printable(
      text.substr(begin == std::string_view::npos ? 0 : begin + 1).substr(0, kMaxWords));
}

}  // namespace

MachineLook::MachineLook(EventLoop& loop, Reaper& reaper, Callback on_seen)
    : loop_(loop),
      reaper_(reaper),
      on_seen_(std::move(on_seen)),
      patience_(loop,
                [this] {
                  late_ = true;
                  ::kill(pid_, SIGKILL);
                }),
      tell_not_started_(loop, [this] { on_seen_(tl::unexpected(*not_started_)); }) {}

MachineLook::~MachineLook() {
  if (pid_ == 0) return;
  reaper_.forget(pid_);
  ::kill(pid_, SIGKILL);
}

void MachineLook::start(const Result<std::string>& skyrun) {
  auto pid = skyrun ? spawn_look(*skyrun) : tl::unexpected(skyrun.error());
  if (!pid) {
    not_started_ = pid.error();
    return tell_not_started_.request();
  }
  pid_ = *pid;
  reaper_.watch(pid_, [this](ExitStatus status) { on_exit(status); });
  patience_.start(kPatience);
}

Result<pid_t> MachineLook::spawn_look(const std::string& skyrun) {
  Command command{
      .argv = {skyrun, "topo", "--output=wire"}, .new_session = true, .death_signal = SIGKILL};
  std::array<Fd, 2> ends;
  for (auto& [stream, end] : {std::pair(&report_, &ends[0]), std::pair(&errors_, &ends[1])}) {
    auto pipe = make_pipe();
    if (!pipe) return tl::unexpected(std::move(pipe.error()));
    stream->pipe = std::move(pipe->first);
    *end = std::move(pipe->second);
    set_nonblocking(stream->pipe.get());
    auto watch = FdWatch::open(loop_, stream->pipe.get(),
                               [this, each = stream](FdWatch::Ready) { read_some(*each); });
    if (!watch) return tl::unexpected(std::move(watch.error()));
    stream->watch = std::move(*watch);
    stream->watch->want({.read = true});
  }
  command.stdout_fd = ends[0].get();
  command.stderr_fd = ends[1].get();
  return spawn(command);
}

/// What is beyond the bound stays in the pipe, and its writer with it until we lose patience.
void MachineLook::read_some(Stream& stream) {
  std::array<char, 65536> block{};
  const size_t room = std::min(block.size(), kMaxReport - stream.bytes.size());
  const ssize_t size = ::read(stream.pipe.get(), block.data(), room);
  if (size > 0) stream.bytes.append(block.data(), static_cast<size_t>(size));
  if (size == 0) stream.watch->want({});
}

void MachineLook::on_exit(ExitStatus status) {
  pid_ = 0;
  patience_.stop();
  for (auto* stream : {&report_, &errors_}) {
    for (size_t before = SIZE_MAX; before != stream->bytes.size();) {
      before = stream->bytes.size();
      read_some(*stream);
    }
    stream->watch.reset();
  }
  on_seen_(verdict(status));
}

Result<MachineReport> MachineLook::verdict(ExitStatus status) {
  if (late_) return failure("its look at its hardware did not end within 10 s");
  const std::string words = last_line(errors_.bytes);
  if (!status.ok())
    return failure("its look at its hardware failed: " + (words.empty() ? to_text(status) : words));
  auto report = decode_machine_report(report_.bytes);
  if (!report) return failure("its look at its hardware made no sense");
  return std::move(*report);
}

}  // namespace skyrun
