// SPDX-License-Identifier: Apache-2.0
#include "launcher/output/origin.h"

#include <fmt/format.h>

#include "core/text.h"

namespace skyrun {
namespace {

std::string label_of(const Origin& origin) {
  const std::string name = printable(origin.name);
  switch (origin.kind) {
    case Origin::Kind::rank:
      return fmt::format("{}, rank={}, pid={}", name, origin.rank, origin.pid);
    case Origin::Kind::single:
      return fmt::format("{}, pid={}", name.empty() ? "task" : name, origin.pid);
    case Origin::Kind::setup:
      return fmt::format("setup pid={}, rank={}", origin.pid, origin.rank);
    case Origin::Kind::single_setup:
      return fmt::format("setup pid={}", origin.pid);
  }
  return {};
}

}  // namespace

std::string prefix_of(const Origin& origin, bool coloured) {
  std::string label = label_of(origin);
  // A task on one node has no other node to be told from.
  const bool has_ip = !origin.ip.empty() && origin.kind != Origin::Kind::single;
  if (has_ip) label += ", ip=" + printable(origin.ip);
  return coloured ? fmt::format("\x1b[36m({})\x1b[0m ", label) : fmt::format("({}) ", label);
}

}  // namespace skyrun
