// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job.h"

#include <fmt/format.h>

#include <utility>

#include "launcher/job/gpu_count.h"
#include "launcher/job/job_seats.h"
#include "launcher/job/resource_check.h"
#include "launcher/task/numbers.h"

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

}  // namespace

Job::Job(EventLoop& loop, Reaper& reaper, Console& console, JobPlan plan, Events events)
    : console_(console),
      title_(std::move(plan.title)),
      resources_(std::move(plan.resources)),
      insists_(plan.insists),
      placement_(std::move(plan.placement)),
      spec_(plan.session.job),
      nodes_(plan.session.nodes),
      events_(std::move(events)),
      view_(loop, console, spec_, nodes_, std::move(plan.subject), std::move(plan.names)),
      session_(
          loop, reaper, std::move(plan.session),
          {.on_message = [this](const Message& message) { on_message(message); },
           .on_sync = [this](const SyncStatus& status) { view_.on(status); },
           .on_notice = [this](const std::string& text) { console_.notice(text); },
           .on_error = [this](const std::string& why) { view_.broken(why); },
           .on_abandoned =
               [this] { view_.on(JobEnded{.state = JobState::cancelled, .stage = Stage::nodes}); },
           .on_closed =
               [this] {
                 ended_ = true;
                 events_.on_ended();
               }}) {}

void Job::start() {
  started_ = true;
  view_.begin(title_);
  console_.step(fmt::format("starting {} nodes, {} first", nodes_.size(), nodes_[0].host));
  session_.start();
}

void Job::on_message(const Message& message) {
  if (const auto* inventory = std::get_if<Inventory>(&message)) return look_at(*inventory);
  std::visit([this](const auto& each) { view_.on(each); }, message);
  session_.set_reading(!console_.full());
}

/// Looks at the nodes before anything happens on them, and completes the job by what they have.
void Job::look_at(const Inventory& inventory) {
  if (inventory.facts.size() != nodes_.size())
    return session_.refuse({"the head says what other nodes have than those of the job"});
  const auto machines = NodeMachines::read(inventory);
  if (!machines) return session_.refuse({machines.error().text()});
  for (const auto& line : machine_notices(*machines, nodes_)) console_.notice(line);
  if (!accept(inventory, *machines)) return;
  if (resources_.takes_any_gpus && !take_what_is_there(inventory, *machines)) return;
  if (!seat(inventory, *machines)) return;
  events_.on_up(inventory);
}

/// Refuses nodes that fall short; else the job goes on as the first candidate that they satisfy.
bool Job::accept(const Inventory& inventory, const NodeMachines& machines) {
  std::vector<std::string> hosts;
  hosts.reserve(nodes_.size());
  for (const auto& node : nodes_) hosts.push_back(node.host);
  auto verdict = check_resources(resources_, hosts, what_nodes_have(inventory, machines));
  if (!verdict.chosen && insists_) {
    verdict.shortages.back() += "; --skip-resource-check runs the job all the same";
    session_.refuse(std::move(verdict.shortages));
    return false;
  }
  for (const auto& line : verdict.shortages) console_.notice(line + "; running all the same");
  if (verdict.accelerators_unknown)
    console_.notice("accelerators are not checked: the nodes cannot tell what they have");
  take(resources_.candidates[verdict.chosen.value_or(0)]);
  return true;
}

void Job::take(const Resources& resources) {
  spec_.num_gpus = static_cast<uint32_t>(resources.setup_gpus_per_node());
  spec_.gpus_are_schedulable = resources.gpus_per_node() == resources.setup_gpus_per_node();
  if (resources_.candidates.size() == 1 || !resources.accelerator) return;
  console_.notice(fmt::format("accelerators: {}:{}", resources.accelerator->name,
                              number_text(resources.accelerator->count)));
}

bool Job::take_what_is_there(const Inventory& inventory, const NodeMachines& machines) {
  if (!knows_all(inventory, machines, "--gpus auto")) return false;
  const auto count = count_gpus({nodes_, inventory.facts, machines});
  spec_.num_gpus = count.per_node;
  placement_.own_gpus =
      placement_.own_gpus || (count.per_node > 0 && nodes_per_machine(nodes_) > 1);
  console_.notice("--gpus auto: " + count.words);
  return true;
}

bool Job::seat(const Inventory& inventory, const NodeMachines& machines) {
  placement_.own_gpus = placement_.own_gpus || (spec_.num_gpus > 0 && has_mig(inventory.facts));
  const bool wanted = placement_.needs_machines();
  if (!wanted && !any_hides_gpus(machines)) return true;
  if (wanted && !knows_all(inventory, machines, placement_.option())) return false;
  const uint32_t gpus = spec_.gpus_are_schedulable ? spec_.num_gpus : 0;
  auto seats = seat_job(placement_, {nodes_, inventory.facts, machines}, gpus);
  if (!seats) {
    session_.refuse({seats.error().text()});
    return false;
  }
  spec_.seats = std::move(seats->seats);
  spec_.seat_of = std::move(seats->seat_of);
  if (placement_.display_map) view_.show_map(seats->map);
  return true;
}

bool Job::knows_all(const Inventory& inventory, const NodeMachines& machines,
                    const std::string& needed_for) {
  auto unknown = unknown_machines(machines, inventory, nodes_, needed_for);
  if (unknown.empty()) return true;
  session_.refuse(std::move(unknown));
  return false;
}

}  // namespace skyrun
