// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "protocol/message.h"

namespace skyrun {

/// The command line that starts skyrund on a node of another machine. Nothing secret is in it:
/// everything a daemon needs to know goes down its standard input.
///
/// ssh gets the person's options first (ssh takes the first value of each), then ours: no
/// questions, no forwardings, a key exchange that costs an eighth of the default one, no control
/// connection that would outlive us. Another launch agent gets the host and the command only.
std::vector<std::string> launch_command(const NodeSpec& node, const LaunchOptions& launch);

/// Is the failure that the agent reports (its exit code and last words) one that passes by itself,
/// such as a server that has too many connections being opened at once?
bool is_transient(int exit_code, const std::string& words);

/// One line for the person: what the launch agent's exit and words mean, and what to do about it.
/// `shell_reached`: the shell there had begun with its command.
std::string explain_failure(const NodeSpec& node, const LaunchOptions& launch, int exit_code,
                            const std::string& words, bool shell_reached);

}  // namespace skyrun
