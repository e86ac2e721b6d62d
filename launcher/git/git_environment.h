// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/fd.h"
#include "launcher/git/git_url.h"

namespace skyrun {

/// What git is started with so that it can log in without asking. As SkyPilot has it: GIT_TOKEN for
/// http(s); GIT_SSH_KEY_PATH, or GIT_SSH_KEY with the key itself, for ssh. Nothing secret gets into
/// an argument or a file: git reads the token from its environment, and ssh the key from our
/// memory. Only the host of the address, by its scheme, is told the token.
class GitEnvironment {
 public:
  /// `environment` is ours, as "NAME=value" each.
  static Result<GitEnvironment> make(const GitUrl& url,
                                     const std::vector<std::string>& environment);

  const std::vector<std::string>& variables() const { return variables_; }

 private:
  std::vector<std::string> variables_;
  Fd key_;  // while it is open, ssh can read it
};

/// Our own environment.
std::vector<std::string> own_environment();

}  // namespace skyrun
