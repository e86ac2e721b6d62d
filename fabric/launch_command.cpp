// SPDX-License-Identifier: Apache-2.0
#include "fabric/launch_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>

#include "core/text.h"
#include "fabric/greeting.h"

namespace skyrun {
namespace {

constexpr int kSshFailed = 255;
constexpr int kNotFound = 127;
constexpr int kNotExecutable = 126;

bool is_ssh(const std::string& program) {
  return program.substr(program.rfind('/') + 1) == "ssh";
}

void append_ssh_options(std::vector<std::string>& argv, const NodeSpec& node,
                        const LaunchOptions& launch) {
  for (const auto* options : {&launch.ssh_options, &node.ssh_options}) {
    for (const auto& option : *options) argv.insert(argv.end(), {"-o", option});
  }
  for (const char* option : {"BatchMode=yes", "KexAlgorithms=^curve25519-sha256",
                             "ClearAllForwardings=yes", "ControlMaster=no"}) {
    argv.emplace_back("-o");
    argv.emplace_back(option);
  }
  argv.insert(argv.end(), {"-x", "-T"});
  if (node.port != 0) argv.insert(argv.end(), {"-p", std::to_string(node.port)});
  // The key is the client's: on another machine, which has no such file, ssh uses what it has.
  if (!node.identity_file.empty() && ::access(node.identity_file.c_str(), R_OK) == 0) {
    argv.insert(argv.end(), {"-i", node.identity_file, "-o", "IdentitiesOnly=yes"});
  }
  if (!node.user.empty()) argv.insert(argv.end(), {"-l", node.user});
  argv.emplace_back("--");
}

/// What a failure says, and what the person can do about it.
struct Remedy {
  std::string_view words;
  std::string_view advice;
};

constexpr std::array kRemedies{
    Remedy{"Host key verification failed",
           "accept the host's key once with ssh, or pass --ssh-option "
           "StrictHostKeyChecking=accept-new"},
    Remedy{"Permission denied (",
           "set up a key that needs no password: ssh-copy-id, ssh-agent or IdentityFile"},
    Remedy{"Could not resolve hostname", "check the name in the host list"},
    // The loader, of a library that is older; a shell, of a program whose loader is not there.
    Remedy{"version `GLIBC_",
           "its C library is older than that which skyrun was built with: build skyrun on a system "
           "as old as the oldest node"},
    Remedy{"required file not found", "it has another C library than glibc, which skyrun needs"},
    Remedy{"Exec format error", "it has another processor than that which skyrun was built for"},
};

std::string_view advice_for(const std::string& words) {
  for (const auto& [text, advice] : kRemedies) {
    if (words.find(text) != std::string::npos) return advice;
  }
  return {};
}

}  // namespace

std::vector<std::string> launch_command(const NodeSpec& node, const LaunchOptions& launch) {
  std::vector<std::string> argv = launch.agent;
  if (is_ssh(argv[0])) append_ssh_options(argv, node, launch);
  argv.push_back(node.host);
  // Understood by sh, csh and fish alike.
  argv.push_back(fmt::format("echo {}; exec {}", kShellMark, shell_quote(launch.daemon_path)));
  return argv;
}

bool is_transient(int exit_code, const std::string& words) {
  if (exit_code != kSshFailed) return false;
  for (const std::string_view sign :
       {"kex_exchange_identification", "ssh_exchange_identification", "Connection reset by peer",
        "Temporary failure in name resolution", "Resource temporarily unavailable",
        "Exceeded MaxStartups"}) {
    if (words.find(sign) != std::string::npos) return true;
  }
  return false;
}

std::string explain_failure(const NodeSpec& node, const LaunchOptions& launch, int exit_code,
                            const std::string& words, bool shell_reached) {
  const std::string agent = launch.agent[0].substr(launch.agent[0].rfind('/') + 1);
  // ssh itself would have failed with 255.
  if (!node.local && agent == "ssh" && !shell_reached && exit_code < kNotExecutable) {
    return fmt::format("the shell there ended before it started skyrund: see ~/.bashrc{}{}",
                       words.empty() ? "" : "; it said: ", words);
  }
  const auto advice = advice_for(words);
  if (exit_code == kNotFound || exit_code == kNotExecutable) {
    return fmt::format(
        "cannot run {} there: {}; {}", launch.daemon_path,
        words.empty() ? "the remote shell said nothing" : words,
        advice.empty() ? "install the same skyrun at that path on every node" : advice);
  }
  if (words.empty()) {
    return fmt::format("{} ended with exit code {} without a word", node.local ? "skyrund" : agent,
                       exit_code);
  }
  if (advice.empty()) return words;
  return fmt::format("{}; {}", words, advice);
}

}  // namespace skyrun
