// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

namespace skyrun {

/// Where the first '\n' or '\r' stands; the size of the text when it has none.
inline size_t text_end(std::string_view text) {
  const auto* at =
      std::find_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; });
  return static_cast<size_t>(at - text.begin());
}

/// Takes the first piece, a line or a progress frame with its end, off the front of `rest`.
inline std::string_view take_piece(std::string_view& rest) {
  const std::string_view piece = rest.substr(0, text_end(rest) + 1);
  rest.remove_prefix(piece.size());
  return piece;
}

}  // namespace skyrun
