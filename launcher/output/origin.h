// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace skyrun {

/// Where a piece of output comes from.
struct Origin {
  enum class Kind {
    rank,    ///< the run stage of a task on several nodes
    single,  ///< the run stage of a task on one node
    setup,   ///< of a task on several nodes
    single_setup
  };

  Kind kind = Kind::rank;
  std::string name;   ///< rank: the node's ("head", "worker1"); single: the task's, may be empty
  uint32_t rank = 0;  ///< of a task on several nodes
  int pid = 0;        ///< of the process on its node
  std::string ip;     ///< of the node; empty on the head

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// What SkyPilot writes in front of a line, with its blank, as `(head, rank=0, pid=3726) ` or
/// `(worker1, rank=1, pid=2680, ip=10.0.7.223) `; cyan up to the blank where coloured. Setup has
/// its rank too, behind what SkyPilot has: `(setup pid=7, rank=1, ip=10.0.7.223) `.
std::string prefix_of(const Origin& origin, bool coloured);

}  // namespace skyrun
