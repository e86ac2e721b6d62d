// SPDX-License-Identifier: Apache-2.0
#include "launcher/nodes/ssh_hosts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/text.h"

namespace skyrun {
namespace {

/// What may lead another machine's ssh elsewhere than ours.
constexpr std::array kRelevant{"hostname",
                               "user",
                               "port",
                               "hostkeyalias",
                               "stricthostkeychecking",
                               "userknownhostsfile",
                               "canonicalizehostname",
                               "proxyjump",
                               "proxycommand",
                               "identityfile",
                               "certificatefile",
                               "identityagent",
                               "pkcs11provider",
                               "knownhostscommand",
                               "bindaddress",
                               "bindinterface"};

/// Of what ssh -G prints: what only this machine has.
constexpr std::array kOnlyHere{
    "proxyjump",      "proxycommand",      "identityfile", "certificatefile", "identityagent",
    "pkcs11provider", "knownhostscommand", "bindaddress",  "bindinterface",   "userknownhostsfile"};

/// What ssh -G prints: all lines of each keyword.
using Settings = std::map<std::string, std::set<std::string>, std::less<>>;

Settings read_settings(std::string_view text) {
  Settings settings;
  for (const auto line : split(text, '\n')) {
    const size_t blank = line.find(' ');
    if (blank == std::string_view::npos) continue;
    settings[std::string(line.substr(0, blank))].emplace(trim(line.substr(blank)));
  }
  return settings;
}

std::string value_of(const Settings& settings, std::string_view keyword) {
  const auto found = settings.find(keyword);
  return found == settings.end() ? std::string() : *found->second.begin();
}

/// Is all that is said of the keyword also what ssh does without files? "none" is nothing.
bool is_as_ever(const Settings& settings, const Settings& plain, std::string_view keyword) {
  const auto said = settings.find(keyword);
  if (said == settings.end()) return true;
  const auto usual = plain.find(keyword);
  return std::all_of(said->second.begin(), said->second.end(), [&](const std::string& value) {
    return value == "none" || (usual != plain.end() && usual->second.count(value) != 0);
  });
}

/// The words that ssh -G and ssh_config(5) have for the same.
std::string host_key_checking(const std::string& printed) {
  if (printed == "false") return "no";
  return printed == "true" ? "yes" : printed;
}

SshHost compare(const Host& host, const Settings& settings, const Settings& plain) {
  SshHost seen;
  const std::string name = value_of(settings, "hostname");
  if (name != value_of(plain, "hostname") && name != host.name) seen.name = name;
  if (!seen.name.empty()) seen.options.push_back("HostName=" + seen.name);
  for (const auto& [keyword, option] : {std::pair{"user", "User="}, {"port", "Port="}}) {
    if (is_as_ever(settings, plain, keyword)) continue;
    seen.options.push_back(option + value_of(settings, keyword));
    seen.asks_for_ssh = true;
  }
  if (!is_as_ever(settings, plain, "hostkeyalias"))
    seen.options.push_back("HostKeyAlias=" + value_of(settings, "hostkeyalias"));
  if (!is_as_ever(settings, plain, "stricthostkeychecking")) {
    seen.options.push_back("StrictHostKeyChecking=" +
                           host_key_checking(value_of(settings, "stricthostkeychecking")));
  }
  const bool forgets = value_of(settings, "userknownhostsfile") == "/dev/null";
  if (forgets) seen.options.emplace_back("UserKnownHostsFile=/dev/null");
  seen.only_from_here =
      std::any_of(kOnlyHere.begin(), kOnlyHere.end(), [&](std::string_view keyword) {
        const bool is_sent = forgets && keyword == "userknownhostsfile";
        return !is_sent && !is_as_ever(settings, plain, keyword);
      });
  return seen;
}

bool is_relevant(const SshConfig::Stanza& stanza) {
  return std::any_of(kRelevant.begin(), kRelevant.end(), [&stanza](const char* keyword) {
    return stanza.keywords.count(keyword) != 0;
  });
}

/// Which stanzas may say something of a host, and whether what they say of one they say of all.
struct Relevance {
  std::vector<size_t> stanzas;
  bool is_general = true;
  bool is_conditional = false;
};

Relevance relevance_of(const Host& host, const SshConfig& config) {
  Relevance relevance;
  for (size_t i = 0; i < config.stanzas().size(); ++i) {
    const auto& stanza = config.stanzas()[i];
    if (!is_relevant(stanza) || !stanza.may_apply(host.name)) continue;
    relevance.stanzas.push_back(i);
    relevance.is_conditional = relevance.is_conditional || stanza.is_conditional;
    const bool differs = stanza.patterns.empty() || stanza.keywords.count("hostname") != 0 ||
                         stanza.keywords.count("canonicalizehostname") != 0;
    relevance.is_general = relevance.is_general && !differs;
  }
  return relevance;
}

/// Where some of the hosts are logged in to by another name than ours, the rest is not left to
/// the machine that starts them, which would take its own.
void keep_user(const std::vector<Host>& hosts, const std::string& user,
               std::vector<SshHost>& seen) {
  const auto says_user = [](const SshHost& host) {
    return std::any_of(host.options.begin(), host.options.end(),
                       [](const std::string& option) { return option.rfind("User=", 0) == 0; });
  };
  bool is_mixed = false;
  for (size_t i = 0; i < hosts.size(); ++i)
    is_mixed = is_mixed || says_user(seen[i]) || (!hosts[i].user.empty() && hosts[i].user != user);
  for (size_t i = 0; is_mixed && i < hosts.size(); ++i) {
    if (hosts[i].user.empty() && !says_user(seen[i])) seen[i].options.push_back("User=" + user);
  }
}

}  // namespace

std::vector<SshHost> look_up(const std::vector<Host>& hosts, const SshConfig& config,
                             const std::string& user, const AskSsh& ask) {
  std::vector<SshHost> seen(hosts.size());
  std::vector<SshQuestion> questions;
  std::vector<Relevance> relevances;
  std::map<std::string, size_t> asked;  // what is the same for hosts -> place of its question
  std::vector<size_t> answer_of(hosts.size());
  for (size_t i = 0; i < hosts.size(); ++i) {
    relevances.push_back(relevance_of(hosts[i], config));
    if (relevances[i].stanzas.empty()) continue;
    std::string same = relevances[i].is_general ? "" : hosts[i].name;
    same += "\n" + hosts[i].user + "\n" + std::to_string(hosts[i].port);
    for (const size_t stanza : relevances[i].stanzas) same += " " + std::to_string(stanza);
    const auto [found, is_new] = asked.try_emplace(same, questions.size());
    if (is_new) {
      questions.push_back({.host = &hosts[i]});
      questions.push_back({.host = &hosts[i], .with_files = false});
    }
    answer_of[i] = found->second;
  }
  const auto answers = questions.empty() ? std::vector<std::string>{} : ask(questions);
  for (size_t i = 0; i < hosts.size(); ++i) {
    if (relevances[i].stanzas.empty() || answers[answer_of[i]].empty()) continue;
    seen[i] = compare(*questions[answer_of[i]].host, read_settings(answers[answer_of[i]]),
                      read_settings(answers[answer_of[i] + 1]));
    const bool says = !seen[i].options.empty();
    seen[i].only_from_here = seen[i].only_from_here || (relevances[i].is_conditional && says);
  }
  keep_user(hosts, user, seen);
  return seen;
}

}  // namespace skyrun
