// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"

namespace skyrun {

/// Creates a directory and those above it that are missing, with `mode` less the umask.
Result<void> make_directories(const std::string& path, unsigned mode = 0777);

/// Removes a directory and everything below it; what cannot be removed stays.
void remove_tree(const std::string& path);

/// Makes a symbolic link, or points the one that is there elsewhere. A convenience for people:
/// where it cannot be made, or something else has its name, nothing happens.
void point_link(const std::string& link, const std::string& target);

/// The home of this account: $HOME, else the password database's.
std::string home_directory();

/// Fails where there is no such home: it is nobody's place to make one.
Result<void> check_home(const std::string& home);

}  // namespace skyrun
