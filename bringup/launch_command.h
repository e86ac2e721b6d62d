// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "bringup/ssh_config.h"
#include "protocol/message.h"

namespace skyrun {

/// Which key exchange we want of ssh.
enum class KeyExchange {
  fast,  ///< none of those that cost as much as all the rest of a start
  usual  ///< as ssh has it
};

/// The command line that starts skyrund on a node of another machine. Nothing secret is in it:
/// everything a daemon needs to know goes down its standard input.
///
/// ssh gets the person's options first (ssh takes the first value of each), then ours: no
/// questions, no forwardings, no control connection that would outlive us, nothing that `config`,
/// which is this machine's, says for people who log in. Another launch agent gets the host and the
/// command only.
std::vector<std::string> launch_command(const NodeSpec& node, const LaunchOptions& launch,
                                        const SshConfig& config,
                                        KeyExchange exchange = KeyExchange::fast);

}  // namespace skyrun
