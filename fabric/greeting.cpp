// SPDX-License-Identifier: Apache-2.0
#include "fabric/greeting.h"

namespace skyrun {
namespace {
constexpr size_t kMaxNoise = 4096;

void keep_end(std::string& noise) {
  if (noise.size() > kMaxNoise) noise.erase(0, noise.size() - kMaxNoise);
}
}  // namespace

std::optional<std::string> GreetingScanner::push(std::string_view bytes) {
  noise_.append(bytes);
  shell_reached_ = shell_reached_ || noise_.find(kShellMark) != std::string::npos;
  const size_t at = noise_.find(kGreetingMark);
  const size_t end = at == std::string::npos ? at : noise_.find('\n', at);
  if (end != std::string::npos) {
    std::string rest = noise_.substr(end + 1);
    build_ = noise_.substr(at + kGreetingMark.size(), end - at - kGreetingMark.size());
    noise_.resize(at);
    keep_end(noise_);
    return rest;
  }
  keep_end(noise_);
  return std::nullopt;
}

}  // namespace skyrun
