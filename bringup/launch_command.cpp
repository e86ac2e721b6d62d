// SPDX-License-Identifier: Apache-2.0
#include "bringup/launch_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "core/text.h"
#include "fabric/greeting.h"

namespace skyrun {
namespace {

/// Against what an ssh_config may say for people who log in: its words would hide or bury those of
/// a failure, or it would run something else.
constexpr std::array kOurs{"BatchMode=yes", "ClearAllForwardings=yes", "ControlMaster=no",
                           "LogLevel=INFO", "PermitLocalCommand=no",   "VisualHostKey=no"};

/// The same, of keywords that an older ssh does not know: said only where a file of ours has them.
constexpr std::array kOursIfSaid{
    std::pair{"remotecommand", "RemoteCommand=none"},
    std::pair{"sessiontype", "SessionType=default"},
    std::pair{"stdinnull", "StdinNull=no"},
    std::pair{"forkafterauthentication", "ForkAfterAuthentication=no"},
};

/// sntrup761 costs eight times the processor time of the others. Without it ssh takes
/// mlkem768x25519-sha256 where both sides know it, which is as safe against quantum computers and
/// as fast as curve25519, and curve25519-sha256 where they do not. A name that this ssh does not
/// know would be an error; a pattern of what to leave out is none. Whoever says KexAlgorithms in a
/// file has chosen.
constexpr const char* kFastKex = "KexAlgorithms=-sntrup761*";

void append_options(std::vector<std::string>& argv, const NodeSpec& node,
                    const LaunchOptions& launch) {
  for (const auto* options : {&launch.ssh_options, &node.ssh_options}) {
    for (const auto& option : *options) argv.insert(argv.end(), {"-o", option});
  }
}

void append_our_options(std::vector<std::string>& argv, const SshConfig& config,
                        KeyExchange exchange) {
  for (const char* option : kOurs) argv.insert(argv.end(), {"-o", option});
  if (exchange == KeyExchange::fast && !config.says("kexalgorithms"))
    argv.insert(argv.end(), {"-o", kFastKex});
  for (const auto& [keyword, option] : kOursIfSaid) {
    if (config.says(keyword)) argv.insert(argv.end(), {"-o", option});
  }
  argv.insert(argv.end(), {"-x", "-T"});
}

void append_login(std::vector<std::string>& argv, const NodeSpec& node) {
  if (node.port != 0) argv.insert(argv.end(), {"-p", std::to_string(node.port)});
  // The key is the client's: on another machine, which has no such file, ssh uses what it has.
  if (!node.identity_file.empty() && ::access(node.identity_file.c_str(), R_OK) == 0) {
    argv.insert(argv.end(), {"-i", node.identity_file, "-o", "IdentitiesOnly=yes"});
  }
  if (!node.user.empty()) argv.insert(argv.end(), {"-l", node.user});
  argv.emplace_back("--");
}

}  // namespace

std::vector<std::string> launch_command(const NodeSpec& node, const LaunchOptions& launch,
                                        const SshConfig& config, KeyExchange exchange) {
  std::vector<std::string> argv = launch.agent;
  if (is_ssh(argv)) {
    append_options(argv, node, launch);
    append_our_options(argv, config, exchange);
    append_login(argv, node);
  }
  argv.push_back(node.host);
  // Understood by sh, csh and fish alike.
  argv.push_back(fmt::format("echo {}; exec {}", kShellMark, shell_quote(launch.daemon_path)));
  return argv;
}

}  // namespace skyrun
