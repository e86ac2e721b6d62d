// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"

namespace skyrun {

/// Creates a directory and those above it that are missing, with `mode` less the umask.
Result<void> make_directories(const std::string& path, unsigned mode = 0777);

/// Removes a directory and everything below it; what cannot be removed stays.
void remove_tree(const std::string& path);

/// The home of this account: $HOME, else the password database's.
std::string home_directory();

}  // namespace skyrun
