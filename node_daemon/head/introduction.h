// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "protocol/cluster.h"
#include "protocol/observer.h"

namespace skyrun {

/// How the nodes of a job are made known to each other.
struct Introduction {
  std::vector<std::string> addresses;  ///< as many as nodes: by which the others reach it
  std::vector<Notice> notices;         ///< what the person should know
  std::vector<std::string> errors;     ///< nodes that have no address that may be used, by name
};

/// facts[i] are those of nodes[i]. Pure.
Introduction introduce(const std::vector<NodeSpec>& nodes, const std::vector<NodeFacts>& facts);

}  // namespace skyrun
