// SPDX-License-Identifier: Apache-2.0
#include "fabric/packet_wire.h"

#include <utility>

#include "core/assert.h"

namespace skyrun {
namespace {

enum Kind : uint8_t { frame_kind, grant_kind, resume_kind };

constexpr size_t kLengthSize = 4;
constexpr size_t kIdSize = 4;
constexpr size_t kCountSize = 8;
constexpr size_t kKindSize = 1;
constexpr size_t kEnvelopeSize = 2 + 2 * kIdSize;          // of a frame, before its body
constexpr size_t kChannelSize = 1 + kIdSize + kCountSize;  // of a grant
static_assert(kMaxBody == kMaxFrame - kKindSize - kEnvelopeSize);

void append_number(std::string& stream, uint64_t number, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    stream += static_cast<char>(static_cast<unsigned char>(number >> (8 * i)));
  }
}

/// The little-endian number that these bytes are.
uint64_t number_of(std::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    number |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return number;
}

uint32_t id_at(std::string_view bytes, size_t at) {
  return static_cast<uint32_t>(number_of(bytes.substr(at, kIdSize)));
}

void append_content(std::string& stream, const Frame& frame) {
  append_number(stream, kKindSize + kEnvelopeSize + frame.body.size(), kLengthSize);
  append_number(stream, frame_kind, kKindSize);
  append_number(stream, static_cast<uint64_t>(frame.to), 1);
  append_number(stream, static_cast<uint64_t>(frame.lane), 1);
  append_number(stream, frame.job.value, kIdSize);
  append_number(stream, frame.speaker.value, kIdSize);
  stream += frame.body;
}

void append_channels(std::string& stream, Kind kind, uint64_t received,
                     const std::vector<ChannelBytes>& channels) {
  append_number(stream, kKindSize + kCountSize + channels.size() * kChannelSize, kLengthSize);
  append_number(stream, kind, kKindSize);
  append_number(stream, received, kCountSize);
  for (const auto& [channel, bytes] : channels) {
    append_number(stream, static_cast<uint64_t>(channel.lane), 1);
    append_number(stream, channel.job.value, kIdSize);
    append_number(stream, bytes, kCountSize);
  }
}

void append_content(std::string& stream, const Grant& grant) {
  append_channels(stream, grant_kind, grant.received, grant.given_back);
}

void append_content(std::string& stream, const Resume& resume) {
  append_channels(stream, resume_kind, resume.received, resume.held);
}

bool is_lane(char byte) {
  return static_cast<uint8_t>(byte) < kLanes;
}

Result<Packet> read_frame(std::string_view content) {
  if (content.size() < kEnvelopeSize) return failure("a frame without an envelope");
  if (static_cast<uint8_t>(content[0]) > static_cast<uint8_t>(To::observers))
    return failure("a frame for nobody");
  if (!is_lane(content[1])) return failure("a frame in no lane");
  return Frame{.to = static_cast<To>(content[0]),
               .job = JobId{id_at(content, 2)},
               .speaker = NodeId{id_at(content, 2 + kIdSize)},
               .lane = static_cast<Lane>(content[1]),
               .body = std::string(content.substr(kEnvelopeSize))};
}

/// The channels of a grant or a resume, behind its count.
Result<std::vector<ChannelBytes>> read_channels(std::string_view content) {
  if (content.size() < kCountSize || (content.size() - kCountSize) % kChannelSize != 0)
    return failure("a grant that is cut");
  std::vector<ChannelBytes> channels;
  for (auto rest = content.substr(kCountSize); !rest.empty(); rest.remove_prefix(kChannelSize)) {
    if (!is_lane(rest[0])) return failure("a grant for no lane");
    channels.push_back({{static_cast<Lane>(rest[0]), JobId{id_at(rest, 1)}},
                        number_of(rest.substr(1 + kIdSize, kCountSize))});
  }
  return channels;
}

Result<Packet> read_packet(std::string_view content) {
  const auto kind = static_cast<uint8_t>(content[0]);
  content.remove_prefix(kKindSize);
  if (kind == frame_kind) return read_frame(content);
  if (kind > resume_kind) return failure("a packet of no kind");
  auto channels = read_channels(content);
  if (!channels) return tl::unexpected(std::move(channels.error()));
  const uint64_t received = number_of(content.substr(0, kCountSize));
  if (kind == grant_kind) return Grant{.received = received, .given_back = std::move(*channels)};
  return Resume{.received = received, .held = std::move(*channels)};
}

}  // namespace

void append_packet(std::string& stream, const Packet& packet) {
  const auto* frame = std::get_if<Frame>(&packet);
  SKYRUN_ASSERT(frame == nullptr || frame->body.size() <= kMaxBody);
  std::visit([&stream](const auto& each) { append_content(stream, each); }, packet);
}

void append_keepalive(std::string& stream) {
  append_number(stream, 0, kLengthSize);
}

Result<bool> PacketReader::next(Packet& packet) {
  for (;;) {
    const std::string_view rest = std::string_view(buffer_).substr(read_);
    const bool has_length = rest.size() >= kLengthSize;
    const size_t length = has_length ? number_of(rest.substr(0, kLengthSize)) : 0;
    if (length > kMaxFrame) return failure("a frame larger than 16 MiB");
    if (!has_length || rest.size() < kLengthSize + length) {
      buffer_.erase(0, read_);
      read_ = 0;
      return false;
    }
    read_ += kLengthSize + length;
    if (length == 0) continue;  // a keepalive
    auto read = read_packet(rest.substr(kLengthSize, length));
    if (!read) return tl::unexpected(std::move(read.error()));
    packet = std::move(*read);
    return true;
  }
}

}  // namespace skyrun
