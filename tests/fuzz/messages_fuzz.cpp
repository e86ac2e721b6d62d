// SPDX-License-Identifier: Apache-2.0
//
// A hostile peer: what it sends becomes frames, messages and machines within their bounds, or is
// refused; and what was taken is the same after another journey.
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "fabric/greeting.h"
#include "fabric/packet_wire.h"
#include "fabric/peer.h"
#include "protocol/codec.h"
#include "protocol/machine_report.h"
#include "topology/machine_wire.h"

namespace {

void check(std::string_view body) {
  const auto message = skyrun::decode(body);
  if (!message) return;
  const auto again = skyrun::decode(skyrun::encode(*message));
  SKYRUN_ASSERT(again.has_value() && *again == *message);
}

void check_machine(std::string_view bytes) {
  const auto machine = skyrun::decode_machine(bytes);
  if (!machine) return;
  const auto again = skyrun::decode_machine(skyrun::encode_machine(*machine));
  SKYRUN_ASSERT(again.has_value() && *again == *machine);
}

struct Sink : skyrun::Link {
  void send(const skyrun::Packet& /*goes nowhere*/) override {}
  size_t unwritten() const override { return 0; }
};

/// What is granted, received or held that never was is found out.
void check_packets(skyrun::PacketReader& reader) {
  Sink link;
  bool violated = false;
  skyrun::Peer peer(
      {.on_frame = [](const skyrun::Frame& frame, const skyrun::Receipt&) { check(frame.body); },
       .on_violation = [&violated](const std::string&) { violated = true; }});
  peer.connect(link);
  peer.send({.body = "x"});
  skyrun::Packet packet;
  for (auto next = reader.next(packet); next && *next && !violated; next = reader.next(packet))
    peer.on_packet(packet);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(bytes);  // as one message's body
  check_machine(bytes);
  if (const auto report = skyrun::decode_machine_report(bytes)) check_machine(report->machine);
  skyrun::GreetingScanner scanner;
  const size_t half = size / 2;  // a stream comes in pieces
  auto behind = scanner.push(bytes.substr(0, half));
  if (!behind) {
    behind = scanner.push(bytes.substr(half));
  } else {
    behind->append(bytes.substr(half));
  }
  SKYRUN_ASSERT(scanner.noise().size() <= 4096);
  skyrun::PacketReader reader;
  reader.push(behind.value_or(std::string(bytes)));
  check_packets(reader);
  return 0;
}
