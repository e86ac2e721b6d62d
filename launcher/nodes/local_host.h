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
  std::vector<std::string> aliases;    ///< of its addresses and of loopback ones in hosts(5)

  /// What the system says now.
  static OwnNames gather();

  /// `localhost` and what ends so, the own host name, its short form, or an alias. Upper and lower
  /// case are the same.
  bool has_name(std::string_view name) const;
  /// An address of an interface in any spelling, or a loopback one. Names are not resolved.
  bool has_address(std::string_view address) const;
  bool has(std::string_view name) const { return has_name(name) || has_address(name); }
};

/// Whether this host is the machine we run on, so that no ssh is needed to start something there.
/// A user or a port asks for ssh. Other names are resolved, which may wait for a name server.
bool is_this_machine(const Host& host, const OwnNames& own);

/// The names that the text of a hosts(5) file gives to addresses that `own` has.
std::vector<std::string> aliases_in(std::string_view hosts_file, const OwnNames& own);

}  // namespace skyrun
