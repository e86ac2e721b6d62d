// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/device_look.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr Millis kPatience{10000};
constexpr size_t kMaxOutput = 16U << 10U;

}  // namespace

DeviceLook::DeviceLook(EventLoop& loop, Reaper& reaper, Callback on_seen)
    : loop_(loop),
      reaper_(reaper),
      on_seen_(std::move(on_seen)),
      patience_(loop, [this] { ::kill(pid_, SIGKILL); }) {}

DeviceLook::~DeviceLook() {
  if (pid_ == 0) return;
  reaper_.forget(pid_);
  ::kill(pid_, SIGKILL);
}

void DeviceLook::start(const std::string& skyrun) {
  auto pipe = make_pipe();
  auto pid = pipe ? spawn({.argv = {skyrun, "topo", "--output=counts"},
                           .stdout_fd = pipe->second.get(),
                           .new_session = true,
                           .death_signal = SIGKILL})
                  : tl::unexpected(std::move(pipe.error()));
  if (!pid) return loop_.post([this] { on_seen_(std::nullopt); });
  pid_ = *pid;
  output_ = std::move(pipe->first);
  set_nonblocking(output_.get());
  reaper_.watch(pid_, [this](ExitStatus status) { on_exit(status); });
  patience_.start(kPatience);
}

/// What it printed waits in the pipe, which holds more than is taken.
void DeviceLook::on_exit(ExitStatus status) {
  pid_ = 0;
  patience_.stop();
  std::array<char, kMaxOutput> block{};
  const ssize_t size = ::read(output_.get(), block.data(), block.size());
  if (!status.ok() || size < 0) return on_seen_(std::nullopt);
  on_seen_(parse_counts({block.data(), static_cast<size_t>(size)}));
}

std::optional<std::vector<AcceleratorCount>> parse_counts(std::string_view text) {
  std::vector<AcceleratorCount> counts;
  for (const auto line : split(text, '\n')) {
    if (line.empty()) continue;
    const size_t blank = line.rfind(' ');
    const auto count = blank == std::string_view::npos
                           ? std::nullopt
                           : to_number<uint32_t>(line.substr(blank + 1));
    if (!count || blank == 0) return std::nullopt;
    counts.push_back({.name = std::string(line.substr(0, blank)), .count = *count});
  }
  return counts;
}

}  // namespace skyrun
