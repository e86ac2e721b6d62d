// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topology/mapping/defaults.h"

namespace skyrun {

/// The ranks of a file of seq or rankfile: each on the node and the cores that its line names.
Result<Placement> place_listed(const std::vector<NodeOffer>& nodes, const Plan& plan,
                               std::string_view file_text);

}  // namespace skyrun
