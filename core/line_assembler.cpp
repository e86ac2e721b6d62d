// SPDX-License-Identifier: Apache-2.0
#include "core/line_assembler.h"

#include <utility>

#include "core/pieces.h"
#include "core/utf8.h"

namespace skyrun {

std::string LineAssembler::push(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    if (std::exchange(held_return_, false) && bytes.front() != '\n') give(out, "\r");
    const size_t end = text_end(bytes);
    pending_ += bytes.substr(0, end);
    give_excess(out);
    bytes.remove_prefix(end);
    if (bytes.empty()) break;
    if (bytes.front() == '\n') {
      give(out, "\n");
    } else {
      held_return_ = true;
    }
    bytes.remove_prefix(1);
  }
  return out;
}

/// Ends the line or frame. A frame with nothing in it is nothing, unless it ends what was given
/// out without an end.
void LineAssembler::give(std::string& out, std::string_view end) {
  in_frames_ = end == "\r";
  if (in_frames_ && pending_.empty() && !open_) return;
  out += well_formed_utf8(std::exchange(pending_, {}));
  out += end;
  open_ = false;
}

void LineAssembler::give_excess(std::string& out) {
  while (pending_.size() > kMaxLine) {
    const size_t size = kMaxLine - unfinished_tail(std::string_view(pending_).substr(0, kMaxLine));
    out += well_formed_utf8(pending_.substr(0, size));
    pending_.erase(0, size);
    open_ = true;
  }
}

std::string LineAssembler::flush_frame() {
  std::string out;
  if (std::exchange(held_return_, false)) {
    give(out, "\r");
  } else if (in_frames_) {
    out = give_unfinished();
  }
  return out;
}

std::string LineAssembler::give_unfinished() {
  const size_t size = pending_.size() - unfinished_tail(pending_);
  std::string out = well_formed_utf8(pending_.substr(0, size));
  pending_.erase(0, size);
  open_ = open_ || !out.empty();
  return out;
}

std::string LineAssembler::finish() {
  std::string out;
  if (std::exchange(held_return_, false)) give(out, "\r");
  return out + well_formed_utf8(std::exchange(pending_, {}));
}

}  // namespace skyrun
