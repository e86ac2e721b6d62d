// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/weaver.h"

#include "core/pieces.h"

namespace skyrun {
namespace {

constexpr std::string_view kClearLine = "\r\x1b[K";

bool is_end_alone(std::string_view piece) {
  return piece == "\n" || piece == "\r";
}

}  // namespace

std::string Weaver::output(const Origin& origin, std::string_view pieces) {
  if (pieces.empty()) return {};
  const std::string prefix = prefix_of(origin, look_.coloured);
  std::string out;
  if (has_open_line() && origin_ != origin) out = close();
  // The end of a line that we ended already.
  const auto interrupted = interrupted_.find({origin.kind, origin.name, origin.rank});
  if (interrupted != interrupted_.end() && interrupted->second == prefix) {
    interrupted_.erase(interrupted);
    const size_t end = text_end(pieces);
    if (end == 0) pieces.remove_prefix(1);
  }
  while (!pieces.empty()) out += piece(take_piece(pieces), prefix);
  if (has_open_line()) origin_ = origin;
  return out;
}

std::string Weaver::piece(std::string_view piece, const std::string& prefix) {
  const State before = state_;
  const char end = piece.back();
  state_ = end == '\n' ? State::closed : end == '\r' ? State::frame : State::text;
  std::string out;
  if (before == State::frame && is_end_alone(piece)) return end == '\n' ? "\n" : "";
  if (before == State::frame && look_.terminal) out += kClearLine;
  if (before != State::text) out += prefix;
  // On a terminal the cursor stays behind the frame until the next one comes.
  if (end == '\r' && look_.terminal) piece.remove_suffix(1);
  return out.append(piece);
}

std::string Weaver::message(std::string_view line) {
  std::string out = close();
  out += line;
  if (line.empty() || line.back() != '\n') out += '\n';
  return out;
}

std::string Weaver::close() {
  if (!has_open_line()) return {};
  interrupted_[{origin_.kind, origin_.name, origin_.rank}] = prefix_of(origin_, look_.coloured);
  state_ = State::closed;
  return "\n";
}

}  // namespace skyrun
