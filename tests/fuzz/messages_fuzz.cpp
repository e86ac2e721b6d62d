// SPDX-License-Identifier: Apache-2.0
//
// A hostile peer: what it sends becomes frames, messages and machines within their bounds, or is
// refused; and what was taken is the same after another journey.
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "fabric/frame.h"
#include "fabric/greeting.h"
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
  skyrun::FrameReader reader;
  reader.push(behind.value_or(std::string(bytes)));
  skyrun::Frame frame;
  for (auto next = reader.next(frame); next && *next; next = reader.next(frame)) check(frame.body);
  return 0;
}
