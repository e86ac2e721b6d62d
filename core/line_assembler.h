// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace skyrun {

/// Turns the bytes of one rank, cut anywhere by its pipe, into whole pieces, so that those who
/// carry and mix them never see half a line. A piece ends with '\n', or with '\r' when a progress
/// frame ends so ("\r 50%\r 60%"); frames with nothing in them are dropped and "\r\n" becomes
/// '\n'. Bytes that are no UTF-8 become U+FFFD; a character cut by the pipe is whole again.
/// Every function returns the pieces that are ready, back to back; empty when there are none.
class LineAssembler {
 public:
  /// A line longer than this is given out in unterminated parts, so that memory is bounded.
  static constexpr size_t kMaxLine = size_t{1} << 20U;

  std::string push(std::string_view bytes);

  /// For a timer, when the rank has been silent for a moment: a frame of a progress bar that still
  /// waits for its end, as "\r 50%" does, unterminated. An ordinary half line stays.
  std::string flush_frame();

  /// What flush_frame() might give now: whether the timer is worth starting.
  bool holds_frame() const { return held_return_ || (in_frames_ && !pending_.empty()); }

  /// At end of file: the rest as it is.
  std::string finish();

 private:
  void give(std::string& out, std::string_view end);
  void give_excess(std::string& out);
  std::string give_unfinished();

  std::string pending_;       // of the line that has not ended
  bool held_return_ = false;  // '\r' has come: "\r\n" or the end of a frame?
  bool in_frames_ = false;    // the line so far is a sequence of frames
  bool open_ = false;         // a part of the line was given out unterminated
};

}  // namespace skyrun
