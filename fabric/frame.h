// SPDX-License-Identifier: Apache-2.0
//
// Frames as bytes of a stream.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "protocol/frame.h"

namespace skyrun {

/// No frame is larger; a peer that announces more is refused before anything is read.
constexpr size_t kMaxFrame = 16U << 20U;

/// Of what is left for the message.
constexpr size_t kMaxBody = kMaxFrame - 10;

/// Appends the frame to a stream: length of what follows (4 bytes, little-endian), `to` (1), `lane`
/// (1), `job` (4), `speaker` (4), body.
void append_frame(std::string& stream, const Frame& frame);

/// Appends a keepalive: a length of 0. It says that the peer lives, and no more.
void append_keepalive(std::string& stream);

/// Cuts a stream of bytes, as they come, into frames. Pure.
class FrameReader {
 public:
  void push(std::string_view bytes) { buffer_.append(bytes); }

  /// The next whole frame in `frame`: true; not yet there: false; an error: the stream is broken.
  Result<bool> next(Frame& frame);

 private:
  std::string buffer_;
  size_t read_ = 0;  // bytes of buffer_ already given out
};

}  // namespace skyrun
