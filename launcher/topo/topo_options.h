// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace skyrun {

/// What `skyrun topo` is asked for.
struct TopoOptions {
  std::string xml;              ///< a file; empty: this machine
  std::string host;             ///< empty: here
  std::string output = "text";  ///< or json, counts
  bool help = false;
};

/// `arguments` are those after "topo".
Result<TopoOptions> parse_topo_options(const std::vector<std::string>& arguments);

extern const char* const kTopoHelp;

}  // namespace skyrun
