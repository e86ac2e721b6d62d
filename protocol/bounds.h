// SPDX-License-Identifier: Apache-2.0
//
// The bound of every field of every message, as a table beside the .proto files. It is looked at
// on the wire, before a message is parsed: a parsed field costs memory, up to a hundred times what
// it took on the wire. What is beyond its bound, and a field that the table has not, makes the
// whole message refused, in words that name the field.
//
// Whoever sends cuts its texts to these bounds where they become a message (wire_values.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.h"

namespace skyrun {

constexpr size_t kMaxNameBytes = 255;   ///< of a host, an account, an address
constexpr size_t kMaxPathBytes = 4096;  ///< of a path, a word of a command
constexpr size_t kMaxTextBytes = 4096;  ///< of what is said to the person in one piece
constexpr size_t kMaxTexts = 256;       ///< such pieces in one message
constexpr size_t kMaxLateNodes = 64;
constexpr size_t kMaxMachineBytes = size_t{1} << 20U;  ///< what a node consists of
constexpr size_t kMaxOutputBytes = size_t{4} << 20U;   ///< of one piece of a program's output
constexpr size_t kMaxGpusOfNode = 4096;
constexpr size_t kMaxVariables = size_t{1} << 16U;
constexpr size_t kMaxMounts = size_t{1} << 16U;

/// A field of a message and what it may hold.
struct WireField {
  enum class Holds {
    number,
    real,     ///< one with a fraction
    numbers,  ///< a repeated one
    bytes,    ///< anything
    name,     ///< no control character
    address,  ///< letters, digits and . : % _ -
    message
  };

  uint32_t number = 0;
  std::string_view name;
  Holds holds = Holds::number;
  size_t most_bytes = 0;              ///< of bytes, a name or an address
  size_t most_times = 1;              ///< more than one: a repeated field
  std::span<const WireField> inside;  ///< of a message
};

/// Of pb::Message, pb::Machine and pb::MachineReport.
std::span<const WireField> fields_of_message();
std::span<const WireField> fields_of_machine();
std::span<const WireField> fields_of_machine_report();

/// Is every field of these bytes within its bound? "NodeLost.why: more than 4096 bytes".
Result<void> check_bounds(std::string_view bytes, std::span<const WireField> fields);

/// The same of a frame's body, which is one message and nothing beside it.
Result<void> check_body(std::string_view body);

}  // namespace skyrun
