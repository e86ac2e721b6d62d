// SPDX-License-Identifier: Apache-2.0
#include "fabric/greeting.h"

namespace skyrun {
namespace {
constexpr size_t kMaxNoise = 4096;
}

std::optional<std::string> GreetingScanner::push(std::string_view bytes) {
  noise_.append(bytes);
  shell_reached_ = shell_reached_ || noise_.find(kShellMark) != std::string::npos;
  const size_t at = noise_.find(kGreeting);
  if (at != std::string::npos) {
    std::string rest = noise_.substr(at + kGreeting.size());
    noise_.resize(at);
    return rest;
  }
  if (noise_.size() > kMaxNoise) noise_.erase(0, noise_.size() - kMaxNoise);
  return std::nullopt;
}

}  // namespace skyrun
