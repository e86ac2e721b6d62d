// SPDX-License-Identifier: Apache-2.0
//
// What the client's ssh_config(5) says of the hosts of a job. ssh itself is asked (ssh -G), for
// those hosts alone that the files may say something of; where nobody says anything no process is
// started, and hosts that the same stanzas apply to are asked for once.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bringup/ssh_config.h"
#include "launcher/nodes/host.h"

namespace skyrun {

/// What ssh here would do for a host, beside what it would do without any file.
struct SshHost {
  std::string name;                  ///< HostName; empty: as it is written
  bool asks_for_ssh = false;         ///< a user or a port is said
  bool only_from_here = false;       ///< a proxy, a key, a condition that no other machine has
  std::vector<std::string> options;  ///< for the ssh of another machine, each as after -o

  friend bool operator==(const SshHost&, const SshHost&) = default;
};

/// What `ssh -G` prints for the hosts, an empty text where it failed. `with_files` is false for
/// what it would print without any file.
struct SshQuestion {
  const Host* host = nullptr;
  bool with_files = true;
};
using AskSsh = std::function<std::vector<std::string>(const std::vector<SshQuestion>&)>;

/// One for each host. `user` is who we are.
std::vector<SshHost> look_up(const std::vector<Host>& hosts, const SshConfig& config,
                             const std::string& user, const AskSsh& ask);

/// Asks the ssh of the launch agent, many at once.
std::vector<std::string> ask_ssh(const std::vector<std::string>& agent,
                                 const std::vector<SshQuestion>& questions);

}  // namespace skyrun
