// SPDX-License-Identifier: Apache-2.0
//
// By which addresses the nodes of a job know each other. Pure.
#pragma once

#include <string>
#include <vector>

#include "protocol/message.h"

namespace skyrun {

/// An address for each node that the others reach it by.
///
/// A node's own guess is the address that its starter connected to. That is right for a node that
/// another one started, but the head's is what the client used, and the client may be on another
/// network. So a node has the address of its own that most others were reached from or have a
/// network in common with; among equals the one that more were reached from, then its guess.
/// Addresses that several machines have, as 172.17.0.1 of every container bridge, say nothing. A
/// node whose `fixed` is true keeps its guess.
std::vector<std::string> choose_addresses(const std::vector<NodeFacts>& facts,
                                          const std::vector<bool>& fixed);

/// For each node the first that is the same machine (host name and all addresses), itself where
/// there is none before it.
std::vector<uint32_t> first_of_machine(const std::vector<NodeFacts>& facts);

}  // namespace skyrun
