// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "protocol/message.h"

namespace skyrun {

/// The address under which this node is known to the job's other nodes: what the host list says,
/// else the one that the ssh connection to us arrived at, else the first of an interface that is
/// up, else loopback.
std::string own_address(const NodeSpec& self);

/// The third word of SSH_CONNECTION (sshd(8), ENVIRONMENT): the server's address. Empty when there
/// is none, or it is a loopback address, which would mean another node to every other.
std::string address_of_ssh_connection(const char* ssh_connection);

}  // namespace skyrun
