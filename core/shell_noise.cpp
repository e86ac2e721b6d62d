// SPDX-License-Identifier: Apache-2.0
#include "core/shell_noise.h"

#include <algorithm>
#include <string_view>

#include "core/pieces.h"

namespace skyrun {
namespace {

constexpr std::string_view kNoise[] = {"bash: cannot set terminal process group",
                                       "bash: no job control in this shell"};

constexpr std::string_view kShell = "bash: ";
constexpr size_t kLongestNoise = 200;

bool has_noise(std::string_view text) {
  return std::any_of(std::begin(kNoise), std::end(kNoise), [text](std::string_view noise) {
    return text.find(noise) != std::string_view::npos;
  });
}

}  // namespace

std::string without_shell_noise(std::string pieces) {
  if (!has_noise(pieces)) return pieces;
  std::string kept;
  for (std::string_view rest = pieces; !rest.empty();) {
    const std::string_view piece = take_piece(rest);
    if (!has_noise(piece)) kept += piece;
  }
  return kept;
}

std::string NoiseAtStart::take_off(std::string_view bytes) {
  if (over_) return std::string(bytes);
  held_ += bytes;
  while (!held_.empty() && !over_) {
    const size_t end = held_.find('\n');
    const bool may_be_noise = std::string_view(held_).substr(0, kShell.size()) ==
                              kShell.substr(0, std::min(kShell.size(), held_.size()));
    if (end == held_.npos && may_be_noise && held_.size() < kLongestNoise) return {};
    over_ = end == held_.npos || !has_noise(held_.substr(0, end));
    if (!over_) held_.erase(0, end + 1);
  }
  return finish();
}

}  // namespace skyrun
