// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "topology/gpu_rules.h"

namespace skyrun {

/// What `skyrun topo` is asked for.
struct TopoOptions {
  std::string xml;                ///< a file; empty: this machine
  std::string host;               ///< empty: here
  uint32_t place = 0;             ///< show where so many ranks would sit; 0: show the machine
  std::string policy = "strict";  ///< as --map-by has it
  std::string binding;            ///< as --bind-to has it; empty: the policy's default
  std::string svg;                ///< where to draw it, "-": standard output; empty: not
  std::string output = "text";    ///< or json; or wire, for skyrund
  GpuRules gpus;                  ///< what counts as a GPU
  bool help = false;
};

/// `arguments` are those after "topo".
Result<TopoOptions> parse_topo_options(const std::vector<std::string>& arguments);

}  // namespace skyrun
