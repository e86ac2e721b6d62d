// SPDX-License-Identifier: Apache-2.0
#include "fabric/frame.h"

#include <array>

#include "core/assert.h"
#include "protocol/codec.h"

namespace skyrun {
namespace {

constexpr size_t kNumberSize = 4;
constexpr size_t kEnvelopeSize = 1 + kNumberSize;  // before the body

void append_number(std::string& stream, size_t number) {
  for (unsigned i = 0; i < kNumberSize; ++i) {
    stream += static_cast<char>(static_cast<unsigned char>(number >> (8 * i)));
  }
}

size_t number_at(std::string_view bytes) {
  size_t number = 0;
  for (unsigned i = 0; i < kNumberSize; ++i) {
    number |= size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return number;
}

}  // namespace

Frame make_frame(const Message& message, NodeId speaker) {
  return {.to = recipient(message), .node = speaker, .body = encode(message)};
}

void append_frame(std::string& stream, const Frame& frame) {
  SKYRUN_ASSERT(frame.body.size() <= kMaxBody);
  append_number(stream, kEnvelopeSize + frame.body.size());
  stream += static_cast<char>(frame.to);
  append_number(stream, frame.node.value);
  stream += frame.body;
}

void append_keepalive(std::string& stream) {
  append_number(stream, 0);
}

Result<bool> FrameReader::next(Frame& frame) {
  for (;;) {
    const std::string_view rest = std::string_view(buffer_).substr(read_);
    const size_t length = rest.size() < kNumberSize ? 0 : number_at(rest);
    if (length > kMaxFrame) return failure("a frame larger than 16 MiB");
    if (rest.size() < kNumberSize || rest.size() < kNumberSize + length) {
      buffer_.erase(0, read_);
      read_ = 0;
      return false;
    }
    read_ += kNumberSize + length;
    if (length == 0) continue;  // a keepalive
    if (length < kEnvelopeSize) return failure("a frame without an envelope");
    const auto to = static_cast<uint8_t>(rest[kNumberSize]);
    if (to > static_cast<uint8_t>(To::client)) return failure("a frame for nobody");
    frame.to = static_cast<To>(to);
    frame.node.value = static_cast<uint32_t>(number_at(rest.substr(kNumberSize + 1)));
    frame.body.assign(rest.substr(kNumberSize + kEnvelopeSize, length - kEnvelopeSize));
    return true;
  }
}

}  // namespace skyrun
