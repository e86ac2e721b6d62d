// SPDX-License-Identifier: Apache-2.0
//
// A launch agent gives us the output of a shell on another host, and what that shell's start-up
// files print comes before ours. So a daemon's stream begins with a greeting, and everything
// before it is noise: kept, because it often says what is wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace skyrun {

/// The first bytes a daemon writes: a mark, and which skyrund it is. The number is that of the
/// frames.
constexpr std::string_view kGreetingMark = "\x01skyrund-stream-";
constexpr std::string_view kOwnBuild = "4 " SKYRUN_VERSION;
constexpr std::string_view kGreeting = "\x01skyrund-stream-4 " SKYRUN_VERSION "\n";
static_assert(kGreeting.size() == kGreetingMark.size() + kOwnBuild.size() + 1);

/// What the remote shell prints just before it starts the daemon.
constexpr std::string_view kShellMark = "skyrun-shell";

/// Looks for the greeting in the first bytes of a stream.
class GreetingScanner {
 public:
  /// The bytes behind the greeting once it was seen, nothing before that. Not called again after.
  std::optional<std::string> push(std::string_view bytes);

  /// What the greeting says behind its mark, once it was seen: kOwnBuild when it is our like.
  const std::string& build() const { return build_; }

  /// What came before the greeting, its last 4 KiB.
  const std::string& noise() const { return noise_; }

  /// Did the remote shell say that it is about to start the daemon?
  bool shell_reached() const { return shell_reached_; }

 private:
  std::string noise_;
  std::string build_;
  bool shell_reached_ = false;
};

}  // namespace skyrun
