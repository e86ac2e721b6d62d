// SPDX-License-Identifier: Apache-2.0
#include "bringup/ssh_config.h"

#include <fnmatch.h>
#include <glob.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>

#include "core/fd.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kMaxFile = size_t{8} << 20U;
constexpr int kMaxDepth = 16;  // as ssh has it (readconf.c, READCONF_MAX_DEPTH)
constexpr const char* kSystemDirectory = "/etc/ssh";

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Takes one argument off the line: in quotes, or up to a blank; the keyword also ends at a '='.
std::string take_word(std::string_view& line, bool is_keyword) {
  const bool quoted = line[0] == '"';
  if (quoted) line.remove_prefix(1);
  const auto end = line.find_first_of(quoted ? "\"" : is_keyword ? " \t\r=" : " \t\r");
  std::string word(line.substr(0, end));
  line.remove_prefix(std::min(line.size(), word.size() + (quoted ? 1 : 0)));
  return word;
}

/// The keyword and its arguments: between blanks, with one '=' after the keyword where there is
/// one.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  for (line = trim(line); !line.empty() && line[0] != '#'; line = trim(line)) {
    words.push_back(take_word(line, words.empty()));
    line = trim(line);
    if (words.size() == 1 && !line.empty() && line[0] == '=') line.remove_prefix(1);
  }
  return words;
}

}  // namespace

bool is_ssh(const std::vector<std::string>& agent) {
  return !agent.empty() && agent[0].substr(agent[0].rfind('/') + 1) == "ssh";
}

bool SshConfig::Stanza::may_apply(std::string_view host) const {
  bool applies = patterns.empty();
  for (const std::string& pattern : patterns) {
    const bool negated = pattern[0] == '!';
    if (::fnmatch(pattern.c_str() + (negated ? 1 : 0), std::string(host).c_str(), 0) != 0) continue;
    if (negated) return false;
    applies = true;
  }
  return applies;
}

bool SshConfig::Stanza::is_for_all() const {
  return patterns == std::vector<std::string>{"*"};
}

SshConfig SshConfig::load(const std::vector<std::string>& agent) {
  SshConfig config;
  if (!is_ssh(agent)) return config;
  const passwd* account = ::getpwuid(::getuid());  // as ssh has it, whatever HOME says
  const std::string home = account != nullptr ? account->pw_dir : "/";
  const std::string own = home + "/.ssh";
  const auto named = std::find(agent.begin(), agent.end(), "-F");
  if (named != agent.end() && named + 1 != agent.end()) {
    config.add_file(expand_home(*(named + 1), home), own, home);
    return config;
  }
  config.add_file(own + "/config", own, home);
  config.add_file(std::string(kSystemDirectory) + "/ssh_config", kSystemDirectory, home);
  return config;
}

void SshConfig::add_file(const std::string& path, const std::string& directory,
                         const std::string& home) {
  if (const auto text = read_file(path, kMaxFile)) add(*text, directory, home);
}

void SshConfig::add(std::string_view text, const std::string& directory, const std::string& home) {
  size_t current = stanzas_.size();
  stanzas_.push_back({.patterns = {"*"}});
  for (const auto line : split(text, '\n')) {
    auto words = words_of(line);
    if (words.empty()) continue;
    const std::string keyword = lower(words[0]);
    words.erase(words.begin());
    if (keyword == "host" || keyword == "match") {
      current = stanzas_.size();
      words.erase(std::remove(words.begin(), words.end(), ""), words.end());
      if (keyword == "host") {
        stanzas_.push_back({.patterns = words});
      } else {
        begin_match(words);
      }
    } else if (keyword == "include") {
      add_included(words, directory, home);
    } else {
      stanzas_[current].keywords.insert(keyword);
    }
  }
}

void SshConfig::begin_match(const std::vector<std::string>& words) {
  Stanza stanza;
  for (const auto& word : words) {
    const std::string name = lower(word);
    if (name == "all" && words.size() == 1) stanza.patterns = {"*"};
    if (name == "exec" || name == "localnetwork" || name == "localuser")
      stanza.is_conditional = true;
  }
  stanzas_.push_back(std::move(stanza));
}

void SshConfig::add_included(const std::vector<std::string>& names, const std::string& directory,
                             const std::string& home) {
  if (depth_ == kMaxDepth) return;
  ++depth_;
  for (const auto& name : names) {
    std::string path = expand_home(name, home);
    if (path.empty() || path[0] != '/') path.insert(0, directory + "/");
    glob_t found{};
    if (::glob(path.c_str(), 0, nullptr, &found) == 0) {
      for (size_t i = 0; i < found.gl_pathc; ++i) add_file(found.gl_pathv[i], directory, home);
    }
    ::globfree(&found);
  }
  --depth_;
}

bool SshConfig::says(const std::string& keyword) const {
  return std::any_of(stanzas_.begin(), stanzas_.end(), [&keyword](const Stanza& stanza) {
    return stanza.keywords.count(keyword) != 0;
  });
}

}  // namespace skyrun
