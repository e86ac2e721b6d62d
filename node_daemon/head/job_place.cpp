// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_place.h"

#include <fmt/format.h>

#include <utility>

#include "node_daemon/head/introduction.h"
#include "protocol/codec.h"
#include "topology/seating/seating.h"

namespace skyrun {
namespace {

constexpr size_t kMaxPrepareBytes = size_t{15} << 20U;  // a frame takes 16 MiB
constexpr double kMebi = 1U << 20U;

/// The nodes of a job, and what they said.
struct Known {
  std::vector<NodeSpec> specs;
  std::vector<NodeFacts> facts;
  NodeMachines machines;
  std::vector<std::string> errors;  // of those who said what no honest node says
};

Known known_of(const std::vector<NodeId>& nodes, const Cluster& cluster) {
  Known known{.machines = NodeMachines(nodes.size())};
  for (size_t i = 0; i < nodes.size(); ++i) {
    known.specs.push_back(cluster.spec(nodes[i]));
    known.facts.push_back(cluster.facts(nodes[i]));
    const auto& said = cluster.machines()[cluster.machine_of(nodes[i])];
    auto learned = known.machines.learn(i, said);
    if (learned) continue;
    known.errors.push_back(std::move(learned.error()).within(cluster.name_of(nodes[i])).text());
  }
  return known;
}

}  // namespace

JobPlace place_job(const JobWishes& wishes, const std::vector<NodeId>& nodes,
                   const Cluster& cluster) {
  JobPlace place;
  const Known known = known_of(nodes, cluster);
  auto introduction = introduce(known.specs, known.facts);
  place.notices = std::move(introduction.notices);
  place.errors = std::move(introduction.errors);
  if (place.errors.empty()) place.errors = known.errors;
  if (!place.errors.empty()) return place;
  auto seating = seat(wishes, {known.specs, known.facts, known.machines});
  place.errors = std::move(seating.refusals);
  place.placed = Placed{.addresses = std::move(introduction.addresses),
                        .refused = !place.errors.empty(),
                        .notices = std::move(seating.notices),
                        .map = std::move(seating.map)};
  place.seats = std::move(seating.seats);
  return place;
}

Result<void> check_size(const Prepare& prepare) {
  const size_t all = encode(prepare).size();
  if (all <= kMaxPrepareBytes) return {};
  const size_t seats = encode(Prepare{.seats = prepare.seats}).size();
  return failure(fmt::format(
      "what every node is told takes {:.1f} MiB, {:.1f} of them seats of ranks (--map-by, --gpus), "
      "{:.1f} names of the job group; at most {:.0f} can be sent",
      static_cast<double>(all) / kMebi, static_cast<double>(seats) / kMebi,
      static_cast<double>(prepare.etc_hosts.size()) / kMebi,
      static_cast<double>(kMaxPrepareBytes) / kMebi));
}

}  // namespace skyrun
