// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace skyrun {

/// Has this numeric address the first `prefix` bits of that one? Not where either is no address, or
/// they are of different families.
bool is_in_network(const std::string& address, const std::string& network, uint32_t prefix);

/// The network of a numeric address, a text that is the same for all addresses in it; empty where
/// it is no address.
std::string network_of(const std::string& address, uint32_t prefix);

/// Is it a network as "10.1.0.0/16" or "fd00::/8"?
bool is_network(const std::string& text);

}  // namespace skyrun
