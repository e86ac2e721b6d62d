// SPDX-License-Identifier: Apache-2.0
#include "topology/seating/seating.h"

#include <utility>

#include "topology/seating/gpu_count.h"
#include "topology/seating/rank_seats.h"
#include "topology/seating/resource_check.h"

namespace skyrun {
namespace {

/// Nobody asked for seats, but "the first two GPUs" is not the same everywhere.
bool any_hides_gpus(const NodeMachines& machines) {
  bool any = false;
  for (size_t i = 0; i < machines.nodes(); ++i) {
    if (machines.of(i) == nullptr) return false;  // then nothing can be said of it
    any = any || hides_gpus(*machines.of(i));
  }
  return any;
}

/// Each step says whether the next one may be taken.
class Usher {
 public:
  Usher(const JobWishes& wishes, const JobNodes& nodes)
      : resources_(wishes.resources), placement_(wishes.placement), nodes_(nodes) {}

  Seating run() {
    result_.notices = machine_notices(nodes_.machines, nodes_.specs);
    if (accept() && take_what_is_there()) seat_ranks();
    return std::move(result_);
  }

 private:
  /// Refuses nodes that fall short; else the job goes on as the first candidate that they satisfy.
  bool accept() {
    std::vector<std::string> hosts;
    hosts.reserve(nodes_.specs.size());
    for (const auto& node : nodes_.specs) hosts.push_back(node.host);
    auto verdict =
        check_resources(resources_, hosts, what_nodes_have(nodes_.facts, nodes_.machines));
    if (!verdict.chosen && resources_.insists) {
      verdict.shortages.back() += "; --skip-resource-check runs the job all the same";
      return refuse(std::move(verdict.shortages));
    }
    for (const auto& line : verdict.shortages) notice(line + "; running all the same");
    if (verdict.accelerators_unknown)
      notice("accelerators are not checked: the nodes cannot tell what they have");
    take(resources_.candidates[verdict.chosen.value_or(0)]);
    return true;
  }

  void take(const ResourceWish& wish) {
    result_.seats.num_gpus = wish.num_gpus();
    result_.seats.gpus_are_schedulable = wish.schedulable;
    if (resources_.candidates.size() > 1 && !wish.accelerator.empty())
      notice("accelerators: " + accelerator_text(wish));
  }

  /// For --gpus auto.
  bool take_what_is_there() {
    if (!resources_.takes_any_gpus) return true;
    if (!knows_all("--gpus auto")) return false;
    const auto count = count_gpus(nodes_);
    result_.seats.num_gpus = count.per_node;
    const bool shared = count.per_node > 0 && nodes_per_machine(nodes_.specs) > 1;
    placement_.own_gpus = placement_.own_gpus || shared;
    notice("--gpus auto: " + count.words);
    return true;
  }

  void seat_ranks() {
    const bool must_choose = result_.seats.num_gpus > 0 && has_mig(nodes_.facts);
    placement_.own_gpus = placement_.own_gpus || must_choose;
    const bool wanted = placement_.needs_machines();
    if (!wanted && !any_hides_gpus(nodes_.machines)) return;
    if (wanted && !knows_all(placement_.option())) return;
    auto& seats = result_.seats;
    const uint32_t gpus = seats.gpus_are_schedulable ? seats.num_gpus : 0;
    auto seated = placement_.ranks > 0 ? skyrun::seat_ranks(placement_, nodes_)
                                       : seat_job(placement_, nodes_, gpus);
    if (!seated) return void(refuse({seated.error().text()}));
    seats.seats = std::move(seated->seats);
    seats.seat_of = std::move(seated->seat_of);
    seats.ranks = std::move(seated->ranks);
    if (placement_.display_map) result_.map = std::move(seated->map);
  }

  bool knows_all(const std::string& needed_for) {
    auto unknown = unknown_machines(nodes_.machines, nodes_.facts, nodes_.specs, needed_for);
    return unknown.empty() || refuse(std::move(unknown));
  }

  bool refuse(std::vector<std::string> why) {
    result_.refusals = std::move(why);
    return false;
  }

  void notice(std::string text) { result_.notices.push_back(std::move(text)); }

  const ResourceWishes& resources_;
  PlacementWish placement_;
  const JobNodes& nodes_;
  Seating result_;
};

}  // namespace

Seating seat(const JobWishes& wishes, const JobNodes& nodes) {
  return Usher(wishes, nodes).run();
}

}  // namespace skyrun
