// SPDX-License-Identifier: Apache-2.0
//
// Why a launch agent could not start a daemon, read from how it ended and what it said. ssh says it
// in sentences for people; here they become reasons. Pure.
#pragma once

#include <string>

#include "protocol/message.h"

namespace skyrun {

enum class StartReason {
  unknown,
  host_key_changed,
  host_key_unknown,
  host_key_revoked,
  key_too_open,     ///< others may read the private key, so ssh does not use it
  bad_ssh_config,   ///< ssh does not understand its configuration
  too_many_keys,    ///< the server's patience ended before the right one
  no_common_kex,    ///< no key exchange that both sides take
  no_common_other,  ///< the same of host keys, ciphers, MACs
  account_expired,
  password_expired,
  no_login_shell,  ///< the account's shell there is nologin
  logins_closed,   ///< /etc/nologin
  denied,
  unknown_host,
  connection_refused,
  unreachable,
  turned_away,  ///< the server closes the connection before anything was said
  shell_ended,  ///< the remote shell ended in its start-up files
  no_daemon     ///< the remote shell cannot execute skyrund
};

/// How the agent ended, and all that it and the remote shell said.
struct AgentEnd {
  int exit_code = 0;
  std::string errors;          ///< its standard error
  std::string noise;           ///< its standard output before the greeting
  bool shell_reached = false;  ///< the shell there had begun with its command
};

struct StartFailure {
  StartReason reason = StartReason::unknown;
  std::string why;      ///< one line: what happened
  std::string advice;   ///< one line: what to do about it, with a command to try
  bool passes = false;  ///< it may be over in a moment
};

StartFailure diagnose(const NodeSpec& node, const LaunchOptions& launch, const AgentEnd& end);

/// What the person can type where the start was tried, to see for themselves. Empty for a node that
/// is started without an agent.
std::string command_to_try(const NodeSpec& node, const LaunchOptions& launch);

/// The last line that says something, fit for a terminal. When bash has said that a program is no
/// program for this machine, it adds that this was a success.
std::string last_line(std::string_view text);

}  // namespace skyrun
