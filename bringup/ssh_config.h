// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// Which keywords stand where in the files of ssh_config(5): enough to know without starting ssh
/// whether it need be asked, and what must be said against them. No value is read, and no condition
/// of a Match but `all` evaluated.
class SshConfig {
 public:
  struct Stanza {
    std::vector<std::string> patterns;  ///< of Host; empty: a Match that may apply to any
    bool is_conditional = false;  ///< a Match that asks this machine: exec, localnetwork, localuser
    std::set<std::string> keywords;  ///< in lower case

    /// May it apply to the host, as the person wrote it?
    bool may_apply(std::string_view host) const;
    bool is_for_all() const;  ///< `Host *`, `Match all` or what stands before any of them
  };

  /// What `ssh` reads here: ~/.ssh/config and /etc/ssh/ssh_config with what they include, or what
  /// the agent's words name by -F. Empty for another launch agent. Files that cannot be read are
  /// left out: ssh itself will say so.
  static SshConfig load(const std::vector<std::string>& agent);

  /// Adds the text of one file; what it includes is relative to `directory`.
  void add(std::string_view text, const std::string& directory, const std::string& home);

  const std::vector<Stanza>& stanzas() const { return stanzas_; }

  /// Does the keyword (in lower case) stand anywhere?
  bool says(const std::string& keyword) const;

 private:
  void add_file(const std::string& path, const std::string& directory, const std::string& home);
  void add_included(const std::vector<std::string>& names, const std::string& directory,
                    const std::string& home);
  void begin_match(const std::vector<std::string>& words);

  std::vector<Stanza> stanzas_;
  int depth_ = 0;
};

/// Is the launch agent OpenSSH's client?
bool is_ssh(const std::vector<std::string>& agent);

}  // namespace skyrun
