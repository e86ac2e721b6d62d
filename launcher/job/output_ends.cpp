// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/output_ends.h"

#include <algorithm>

namespace skyrun {

void OutputEnds::on_end(NodeId node, NodeId speaker) {
  for (uint32_t i = 0; i < ended_.size(); ++i) {
    const bool is_it = NodeId{i} == node;
    const bool is_below = speaker != node && forest_.hangs_below(NodeId{i}, node);
    ended_[i] = ended_[i] || is_it || is_below;
  }
}

bool OutputEnds::all() const {
  return std::all_of(ended_.begin(), ended_.end(), [](bool ended) { return ended; });
}

}  // namespace skyrun
