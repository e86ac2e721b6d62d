// SPDX-License-Identifier: Apache-2.0
//
// Variables that differ from rank to rank. A face writes them once, with what differs left open;
// the shepherd of each node fills in what it is there:
//
//     %{rank}  %{local_rank}    of the process: in its job, on its node
//     %{size}  %{local_size}    how many there are
//     %{node}  %{nodes}         number of the node, how many there are
//     %{node_ips}               addresses of all nodes, a line each
//     %%                        a percent sign
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "protocol/job_spec.h"

namespace skyrun {

/// What is filled in.
struct RankFacts {
  uint32_t rank = 0;
  uint32_t size = 1;
  uint32_t local_rank = 0;
  uint32_t local_size = 1;
  uint32_t node = 0;
  uint32_t nodes = 1;
  std::string node_ips;
};

/// Fails where the text has another word than those above.
Result<std::string> fill_in(std::string_view text, const RankFacts& facts);

/// The same of every value.
Result<Variables> fill_in(const Variables& templates, const RankFacts& facts);

/// A text that fill_in() gives back as it is.
std::string as_template(std::string_view text);

}  // namespace skyrun
