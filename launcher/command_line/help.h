// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace skyrun {

/// What `skyrun --help` prints: the options in groups, no line longer than 80 columns.
std::string help_text();

/// The same of `skyrun topo`.
std::string topo_help_text();

}  // namespace skyrun
