// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "protocol/message.h"

namespace skyrun {

/// The addresses of this node's interfaces that are up, IPv4 first, without loopback and link-local
/// ones.
std::vector<NodeAddress> own_addresses();

/// Is it an address of this interface, which is a name, or a network as "10.1.0.0/16"?
bool is_of_interface(const NodeAddress& address, const std::string& interface);

/// What is known of the ssh connection that started this node, from SSH_CONNECTION (sshd(8),
/// ENVIRONMENT). Both are empty when there is none, or it came by loopback.
struct SshConnection {
  std::string peer;  ///< who connected, as seen from here
  std::string own;   ///< where the connection arrived
};

SshConnection read_ssh_connection(const char* text);

/// Fills in what others may know this node by: all addresses, and the best guess of itself. An
/// embedded node has the address of its stand-in. Where an interface is asked for it is the first
/// of that one, and others count no more; empty where it has none. Else it is what the host list
/// says, the one that the ssh connection arrived at, the first, or loopback.
void find_own_address(const NodeSpec& self, const std::string& interface, NodeFacts& facts);

}  // namespace skyrun
