// SPDX-License-Identifier: Apache-2.0
#include "core/shell_noise.h"

#include <algorithm>
#include <string_view>

#include "core/pieces.h"

namespace skyrun {
namespace {

constexpr std::string_view kNoise[] = {"bash: cannot set terminal process group",
                                       "bash: no job control in this shell"};

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

}  // namespace skyrun
