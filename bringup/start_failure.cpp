// SPDX-License-Identifier: Apache-2.0
#include "bringup/start_failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "bringup/ssh_config.h"
#include "core/text.h"
#include "fabric/greeting.h"

namespace skyrun {
namespace {

constexpr int kSshFailed = 255;
constexpr int kLoginsClosed = 254;  // sshd's do_nologin()
constexpr int kNotFound = 127;
constexpr int kNotExecutable = 126;
constexpr size_t kMaxLine = 400;

/// What ssh says, what that means, and what to do. The first that fits counts, so that a cause
/// comes before its effect.
struct Sign {
  std::string_view words;
  StartReason reason;
  std::string_view advice;
};

constexpr std::array kSigns{
    Sign{"REVOKED HOST KEY DETECTED", StartReason::host_key_revoked,
         "its key is marked @revoked in a known_hosts file"},
    Sign{"are too open", StartReason::key_too_open, "chmod 600 that file"},
    Sign{"Bad owner or permissions on ", StartReason::bad_ssh_config,
         "only you may write to that file: chmod 600"},
    Sign{"terminating, ", StartReason::bad_ssh_config,
         "mend that line, or let IgnoreUnknown name the option before it"},
    Sign{"command-line: line 0: ", StartReason::bad_ssh_config, "mend the --ssh-option"},
    Sign{"command-line line 0: ", StartReason::bad_ssh_config, "mend the --ssh-option"},
    Sign{"Too many authentication failures", StartReason::too_many_keys,
         "ssh offered more keys than that server looks at: name the right one with IdentityFile, "
         "and "
         "pass --ssh-option IdentitiesOnly=yes"},
    Sign{"Host key verification failed", StartReason::host_key_unknown,
         "accept the host's key once with ssh, or pass --ssh-option "
         "StrictHostKeyChecking=accept-new"},
    Sign{"no matching key exchange method found", StartReason::no_common_kex, "KexAlgorithms"},
    Sign{"no matching host key type found", StartReason::no_common_other, "HostKeyAlgorithms"},
    Sign{"no matching cipher found", StartReason::no_common_other, "Ciphers"},
    Sign{"no matching MAC found", StartReason::no_common_other, "MACs"},
    Sign{"account has expired", StartReason::account_expired, "have it renewed there"},
    Sign{"Password change required", StartReason::password_expired,
         "log in there once and choose a new password"},
    Sign{"password has expired", StartReason::password_expired,
         "log in there once and choose a new password"},
    Sign{"This account is currently not available", StartReason::no_login_shell,
         "the account's shell there takes no logins: name another one, as USER@HOST"},
    Sign{"Permission denied (", StartReason::denied,
         "set up a key that needs no password: ssh-copy-id, ssh-agent or IdentityFile; if it has "
         "the key, its sshd's log says what it minds (AllowUsers, a missing shell, a home that "
         "others may write to)"},
    Sign{"Could not resolve hostname", StartReason::unknown_host,
         "check the name in the host list"},
    Sign{"Connection refused", StartReason::connection_refused,
         "does an ssh server run there, on that port?"},
    Sign{"timed out", StartReason::unreachable,
         "is it up, and does every firewall on the way let ssh through?"},
    Sign{"No route to host", StartReason::unreachable,
         "is it up, and does every firewall on the way let ssh through?"},
    Sign{"Network is unreachable", StartReason::unreachable, "is that network connected?"},
    Sign{"_exchange_identification", StartReason::turned_away,
         "its ssh server has too many connections at once (MaxStartups) or lets nobody in from "
         "there"},
    Sign{"Connection reset by peer", StartReason::turned_away,
         "its ssh server has too many connections at once (MaxStartups) or lets nobody in from "
         "there"},
    Sign{"Connection closed by", StartReason::turned_away, "its sshd's log says why"},
};

/// Why a host cannot run skyrund, as its loader or its shell says it, and what to do.
constexpr std::array kFarSigns{
    // The loader, of a library that is older; a shell, of a program whose loader is not there.
    std::pair<std::string_view, std::string_view>{
        "version `GLIBC_",
        "its C library is older than that which skyrun was built with: build skyrun on a system as "
        "old as the oldest node"},
    std::pair<std::string_view, std::string_view>{
        "required file not found", "it has another C library than glibc, which skyrun needs"},
    std::pair<std::string_view, std::string_view>{
        "Exec format error", "it has another processor than that which skyrun was built for"},
};

/// Of a server that has too many connections being opened at once, and the like.
constexpr std::array<std::string_view, 6> kPassing{
    "kex_exchange_identification",      "ssh_exchange_identification",
    "Connection reset by peer",         "Temporary failure in name resolution",
    "Resource temporarily unavailable", "Exceeded MaxStartups"};

bool has(std::string_view text, std::string_view words) {
  return text.find(words) != std::string_view::npos;
}

/// The first line that has the words, fit for a terminal.
std::string line_with(std::string_view text, std::string_view words) {
  for (const auto line : split(text, '\n')) {
    if (has(line, words)) return printable(trim(line).substr(0, kMaxLine));
  }
  return {};
}

/// What stands between the two; nothing where one is missing.
std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const size_t begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  const size_t from = begin + before.size();
  const size_t end = text.find(after, from);
  if (end == std::string_view::npos) return {};
  return printable(trim(text.substr(from, end - from)).substr(0, kMaxLine));
}

/// The parts of ssh's warning of thirteen lines in one: which key, where the old one is, and the
/// command that removes it.
std::optional<StartFailure> host_key_changed(std::string_view errors) {
  if (!has(errors, "REMOTE HOST IDENTIFICATION HAS CHANGED") || !has(errors, "Offending "))
    return std::nullopt;
  const std::string offending = line_with(errors, "Offending ");
  const std::string place =
      offending.substr(std::min(offending.size(), offending.find(" in ") + 4));
  const std::string file = place.substr(0, place.rfind(':'));
  const std::string name = between(errors, "Host key for ", " has changed");
  const std::string kind = between(errors, "The fingerprint for the ", " key sent");
  const std::string print = between(errors, "sent by the remote host is\n", "\n");
  StartFailure failure{.reason = StartReason::host_key_changed};
  failure.why =
      fmt::format("its host key has changed: it shows the {} key {}, which is not the one in {}",
                  kind, print.substr(0, print.find_last_not_of('.') + 1), place);
  failure.advice = fmt::format(
      "if it was set up anew, remove the old key: ssh-keygen -f {} -R {}; if not, "
      "somebody may be listening in between",
      shell_quote(file), shell_quote(name));
  return failure;
}

/// "…Their offer: a,b" wants `keyword`=+a.
std::string take_offer(std::string_view keyword, std::string_view line) {
  constexpr std::string_view kOffer = "Their offer: ";
  const size_t at = line.find(kOffer);
  if (at == std::string_view::npos) return fmt::format("see {} in ssh_config(5)", keyword);
  const std::string_view offer = line.substr(at + kOffer.size());
  return fmt::format("take what it offers: --ssh-option {}=+{}", keyword,
                     printable(offer.substr(0, offer.find_first_of(", "))));
}

StartFailure by_sign(const Sign& sign, std::string_view said) {
  StartFailure failure{.reason = sign.reason,
                       .why = line_with(said, sign.words),
                       .advice = std::string(sign.advice)};
  if (sign.reason == StartReason::bad_ssh_config) {
    const std::string line = line_with(said, ": line ");
    if (!line.empty()) failure.why = line;
  }
  const bool is_offer =
      sign.reason == StartReason::no_common_kex || sign.reason == StartReason::no_common_other;
  if (is_offer) failure.advice = take_offer(sign.advice, failure.why);
  return failure;
}

std::string far_advice(std::string_view words) {
  for (const auto& [sign, advice] : kFarSigns) {
    if (has(words, sign)) return std::string(advice);
  }
  return {};
}

StartFailure what_ssh_says(const AgentEnd& end) {
  if (auto changed = host_key_changed(end.errors)) return std::move(*changed);
  const std::string words = last_line(end.errors);
  if (end.exit_code == kLoginsClosed) {
    return {.reason = StartReason::logins_closed,
            .why = words,
            .advice = "logins are closed there (/etc/nologin)"};
  }
  for (const Sign& sign : kSigns) {
    // Only what ssh itself says is read so; of the far side, what nologin(8) prints.
    const bool is_far = sign.reason == StartReason::no_login_shell;
    if (end.exit_code != kSshFailed && !is_far) continue;
    for (const auto* text : {&end.errors, &end.noise}) {
      if (has(*text, sign.words) && (is_far || text == &end.errors)) return by_sign(sign, *text);
    }
  }
  return {};
}

}  // namespace

std::string last_line(std::string_view text) {
  std::string_view last;
  for (const auto line : split(text, '\n')) {
    const auto words = trim(line);
    const bool says = !words.empty() && !words.ends_with(": Success");
    if (says && !has(words, kShellMark)) last = words;
  }
  return printable(last.substr(0, kMaxLine));
}

std::string command_to_try(const NodeSpec& node, const LaunchOptions& launch) {
  if (node.local) return {};
  std::string command = join(launch.agent, " ");
  if (is_ssh(launch.agent)) {
    for (const auto* options : {&launch.ssh_options, &node.ssh_options}) {
      for (const auto& option : *options) command += " -o " + shell_quote(option);
    }
    if (node.port != 0) command += fmt::format(" -p {}", node.port);
    if (!node.identity_file.empty()) command += " -i " + shell_quote(node.identity_file);
    if (!node.user.empty()) command += " -l " + shell_quote(node.user);
  }
  return command + " " + node.host + " true";
}

StartFailure diagnose(const NodeSpec& node, const LaunchOptions& launch, const AgentEnd& end) {
  std::string words = last_line(end.errors);
  if (words.empty()) words = last_line(end.noise);
  const std::string far = far_advice(words);
  if (end.exit_code == kNotFound || end.exit_code == kNotExecutable) {
    return {.reason = StartReason::no_daemon,
            .why = fmt::format("cannot run {} there: {}", launch.daemon_path,
                               words.empty() ? "the remote shell said nothing" : words),
            .advice = far.empty() ? "install the same skyrun at that path on every node" : far};
  }
  const bool by_ssh = is_ssh(launch.agent) && !node.local;
  StartFailure failure = by_ssh ? what_ssh_says(end) : StartFailure{};
  // ssh itself would have failed with 255.
  if (by_ssh && failure.why.empty() && !end.shell_reached && end.exit_code < kNotExecutable) {
    return {.reason = StartReason::shell_ended,
            .why = fmt::format("the shell there ended before it started skyrund: see ~/.bashrc{}{}",
                               words.empty() ? "" : "; it said: ", words)};
  }
  if (failure.why.empty()) {
    failure.why = words;
    failure.advice = far;
  }
  if (failure.why.empty()) {
    const std::string& agent = launch.agent[0];
    failure.why =
        fmt::format("{} ended with exit code {} without a word",
                    node.local ? "skyrund" : agent.substr(agent.rfind('/') + 1), end.exit_code);
  }
  failure.passes = end.exit_code == kSshFailed &&
                   std::any_of(kPassing.begin(), kPassing.end(),
                               [&](std::string_view sign) { return has(end.errors, sign); });
  return failure;
}

}  // namespace skyrun
