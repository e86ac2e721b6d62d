// SPDX-License-Identifier: Apache-2.0
#include "fabric/frame.h"

#include <array>

#include "core/assert.h"

namespace skyrun {
namespace {

constexpr size_t kNumberSize = 4;
constexpr size_t kEnvelopeSize = 2 + 2 * kNumberSize;  // before the body
static_assert(kMaxBody == kMaxFrame - kEnvelopeSize);

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

uint32_t id_at(std::string_view bytes) {
  return static_cast<uint32_t>(number_at(bytes));
}

Result<void> open_envelope(std::string_view bytes, Frame& frame) {
  const auto to = static_cast<uint8_t>(bytes[0]);
  const auto lane = static_cast<uint8_t>(bytes[1]);
  if (to > static_cast<uint8_t>(To::observers)) return failure("a frame for nobody");
  if (lane > static_cast<uint8_t>(Lane::bulk)) return failure("a frame in no lane");
  frame.to = static_cast<To>(to);
  frame.lane = static_cast<Lane>(lane);
  frame.job.value = id_at(bytes.substr(2));
  frame.speaker.value = id_at(bytes.substr(2 + kNumberSize));
  return {};
}

}  // namespace

void append_frame(std::string& stream, const Frame& frame) {
  SKYRUN_ASSERT(frame.body.size() <= kMaxBody);
  append_number(stream, kEnvelopeSize + frame.body.size());
  stream += static_cast<char>(frame.to);
  stream += static_cast<char>(frame.lane);
  append_number(stream, frame.job.value);
  append_number(stream, frame.speaker.value);
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
    const std::string_view content = rest.substr(kNumberSize, length);
    if (auto taken = open_envelope(content, frame); !taken) return tl::unexpected(taken.error());
    frame.body.assign(content.substr(kEnvelopeSize));
    return true;
  }
}

}  // namespace skyrun
