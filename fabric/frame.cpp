// SPDX-License-Identifier: Apache-2.0
#include "fabric/frame.h"

#include <array>

#include "core/assert.h"
#include "protocol/codec.h"

namespace skyrun {
namespace {

constexpr size_t kLengthSize = 4;

void append_length(std::string& stream, size_t length) {
  for (unsigned i = 0; i < kLengthSize; ++i) {
    stream += static_cast<char>(static_cast<unsigned char>(length >> (8 * i)));
  }
}

size_t length_at(std::string_view bytes) {
  size_t length = 0;
  for (unsigned i = 0; i < kLengthSize; ++i) {
    length |= size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return length;
}

}  // namespace

Frame make_frame(const Message& message) {
  return {.to = recipient(message), .body = encode(message)};
}

void append_frame(std::string& stream, const Frame& frame) {
  SKYRUN_ASSERT(frame.body.size() < kMaxFrame);
  append_length(stream, frame.body.size() + 1);
  stream += static_cast<char>(frame.to);
  stream += frame.body;
}

void append_keepalive(std::string& stream) {
  append_length(stream, 0);
}

Result<bool> FrameReader::next(Frame& frame) {
  for (;;) {
    const std::string_view rest = std::string_view(buffer_).substr(read_);
    const size_t length = rest.size() < kLengthSize ? 0 : length_at(rest);
    if (length > kMaxFrame) return failure("a frame larger than 16 MiB");
    if (rest.size() < kLengthSize || rest.size() < kLengthSize + length) {
      buffer_.erase(0, read_);
      read_ = 0;
      return false;
    }
    read_ += kLengthSize + length;
    if (length == 0) continue;  // a keepalive
    const auto to = static_cast<uint8_t>(rest[kLengthSize]);
    if (to > static_cast<uint8_t>(To::client)) return failure("a frame for nobody");
    frame.to = static_cast<To>(to);
    frame.body.assign(rest.substr(kLengthSize + 1, length - 1));
    return true;
  }
}

}  // namespace skyrun
