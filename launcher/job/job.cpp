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

Job::Job(EventLoop& loop, Reaper& reaper, Console& console, Submission::Job asked, Events events)
    : console_(console),
      asked_(std::move(asked)),
      events_(std::move(events)),
      view_(loop, console, asked_.spec, asked_.nodes, asked_.subject, asked_.names),
      session_(
          loop, reaper, asked_,
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
  view_.begin(asked_.title);
  console_.step(
      fmt::format("starting {} nodes, {} first", asked_.nodes.size(), asked_.nodes[0].host));
  session_.start();
}

void Job::on_message(const Message& message) {
  if (const auto* inventory = std::get_if<Inventory>(&message)) return look_at(*inventory);
  std::visit([this](const auto& each) { view_.on(each); }, message);
  session_.set_reading(!console_.full());
}

/// Looks at the nodes before anything happens on them, and completes the job by what they have.
void Job::look_at(const Inventory& inventory) {
  if (inventory.facts.size() != asked_.nodes.size())
    return session_.refuse({"the head says what other nodes have than those of the job"});
  const auto machines = NodeMachines::read(inventory);
  if (!machines) return session_.refuse({machines.error().text()});
  for (const auto& line : machine_notices(*machines, asked_.nodes)) console_.notice(line);
  if (!accept(inventory, *machines)) return;
  if (asked_.resources.takes_any_gpus && !take_what_is_there(inventory, *machines)) return;
  if (!seat(inventory, *machines)) return;
  events_.on_up(inventory);
}

/// Refuses nodes that fall short; else the job goes on as the first candidate that they satisfy.
bool Job::accept(const Inventory& inventory, const NodeMachines& machines) {
  std::vector<std::string> hosts;
  hosts.reserve(asked_.nodes.size());
  for (const auto& node : asked_.nodes) hosts.push_back(node.host);
  auto verdict = check_resources(asked_.resources, hosts, what_nodes_have(inventory, machines));
  if (!verdict.chosen && asked_.insists) {
    verdict.shortages.back() += "; --skip-resource-check runs the job all the same";
    session_.refuse(std::move(verdict.shortages));
    return false;
  }
  for (const auto& line : verdict.shortages) console_.notice(line + "; running all the same");
  if (verdict.accelerators_unknown)
    console_.notice("accelerators are not checked: the nodes cannot tell what they have");
  take(asked_.resources.candidates[verdict.chosen.value_or(0)]);
  return true;
}

void Job::take(const Resources& resources) {
  asked_.spec.num_gpus = static_cast<uint32_t>(resources.setup_gpus_per_node());
  asked_.spec.gpus_are_schedulable = resources.gpus_per_node() == resources.setup_gpus_per_node();
  if (asked_.resources.candidates.size() == 1 || !resources.accelerator) return;
  console_.notice(fmt::format("accelerators: {}:{}", resources.accelerator->name,
                              number_text(resources.accelerator->count)));
}

bool Job::take_what_is_there(const Inventory& inventory, const NodeMachines& machines) {
  if (!knows_all(inventory, machines, "--gpus auto")) return false;
  const auto count = count_gpus({asked_.nodes, inventory.facts, machines});
  asked_.spec.num_gpus = count.per_node;
  asked_.placement.own_gpus =
      asked_.placement.own_gpus || (count.per_node > 0 && nodes_per_machine(asked_.nodes) > 1);
  console_.notice("--gpus auto: " + count.words);
  return true;
}

bool Job::seat(const Inventory& inventory, const NodeMachines& machines) {
  asked_.placement.own_gpus =
      asked_.placement.own_gpus || (asked_.spec.num_gpus > 0 && has_mig(inventory.facts));
  const bool wanted = asked_.placement.needs_machines();
  if (!wanted && !any_hides_gpus(machines)) return true;
  if (wanted && !knows_all(inventory, machines, asked_.placement.option())) return false;
  const uint32_t gpus = asked_.spec.gpus_are_schedulable ? asked_.spec.num_gpus : 0;
  auto seats = seat_job(asked_.placement, {asked_.nodes, inventory.facts, machines}, gpus);
  if (!seats) {
    session_.refuse({seats.error().text()});
    return false;
  }
  asked_.spec.seats = std::move(seats->seats);
  asked_.spec.seat_of = std::move(seats->seat_of);
  if (asked_.placement.display_map) view_.show_map(seats->map);
  return true;
}

bool Job::knows_all(const Inventory& inventory, const NodeMachines& machines,
                    const std::string& needed_for) {
  auto unknown = unknown_machines(machines, inventory, asked_.nodes, needed_for);
  if (unknown.empty()) return true;
  session_.refuse(std::move(unknown));
  return false;
}

}  // namespace skyrun
