// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "launcher/nodes/host.h"

namespace skyrun {

/// By what names and addresses this machine is known to itself.
struct OwnNames {
  std::string hostname;                ///< as gethostname(2) says it, short or with its domain
  std::vector<std::string> addresses;  ///< numeric, of its interfaces

  /// What the system says now.
  static OwnNames gather();

  /// `localhost`, the own host name, or its short form. Upper and lower case are the same.
  bool has_name(std::string_view name) const;
  /// An address of an interface, or any of 127.0.0.0/8. Names are not resolved.
  bool has_address(std::string_view address) const;
};

/// Whether this host is the machine we run on, so that no ssh is needed to start something there.
/// A user or a port asks for ssh. Other names are resolved, which may wait for a name server.
bool is_this_machine(const Host& host, const OwnNames& own);

/// The numeric address of this machine that packets to `peer` (name or address) would come from.
/// Nothing is sent. Fails where the peer's name is unknown or no route leads to it.
Result<std::string> own_address_towards(const std::string& peer);

}  // namespace skyrun
