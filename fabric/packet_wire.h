// SPDX-License-Identifier: Apache-2.0
//
// Packets as bytes of a stream (docs/protocol.md).
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "fabric/packet.h"

namespace skyrun {

/// No packet is larger; a peer that announces more is refused before anything is read.
constexpr size_t kMaxFrame = 16U << 20U;

/// Of what is left for the message of a frame.
constexpr size_t kMaxBody = kMaxFrame - 11;

/// Appends the packet to a stream: length of what follows (4 bytes, little-endian as all numbers),
/// kind (1), and
///
///     a frame   `to` (1), `lane` (1), `job` (4), `speaker` (4), body
///     a grant   `received` (8), and of each channel `lane` (1), `job` (4), `bytes` (8)
///     a resume  likewise
void append_packet(std::string& stream, const Packet& packet);

/// Appends a keepalive: a length of 0. It says that the peer lives, and no more.
void append_keepalive(std::string& stream);

/// Cuts a stream of bytes, as they come, into packets. Pure.
class PacketReader {
 public:
  void push(std::string_view bytes) { buffer_.append(bytes); }

  /// The next whole packet in `packet`: true; not yet there: false; an error: the stream is broken.
  Result<bool> next(Packet& packet);

 private:
  std::string buffer_;
  size_t read_ = 0;  // bytes of buffer_ already given out
};

}  // namespace skyrun
