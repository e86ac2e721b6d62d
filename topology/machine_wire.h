// SPDX-License-Identifier: Apache-2.0
//
// A Machine as it travels (protocol/machine.proto): what placement needs of it. Adapters, excluded
// devices and UUIDs stay behind, so that equal nodes have equal bytes.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "topology/machine.h"

namespace skyrun {

std::string encode_machine(const Machine& machine);

/// Refuses, in words, what no honest node sends: bytes that do not parse, CPUs and numbers out of
/// range, objects of a level that overlap or lie outside of what is allowed.
Result<Machine> decode_machine(std::string_view bytes);

}  // namespace skyrun
