// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job.h"

#include <fmt/format.h>

#include <utility>

#include "topology/seating/seating.h"

namespace skyrun {

Job::Job(EventLoop& loop, Reaper& reaper, Console& console, Submission::Job asked, Events events)
    : console_(console),
      asked_(std::move(asked)),
      events_(std::move(events)),
      view_(loop, console, asked_.spec, asked_.nodes, asked_.subject, asked_.names),
      session_(
          loop, reaper, asked_,
          {.on_news = [this](const JobNews& news) { on_news(news); },
           .on_output =
               [this](const Output& output, Receipt receipt) {
                 view_.on(output);
                 console_.hold_while_full(std::move(receipt));
               },
           .is_screen_full = [this] { return console_.full(); },
           .on_inventory = [this](const Inventory& inventory) { look_at(inventory); },
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

void Job::on_news(const JobNews& news) {
  std::visit([this](const auto& each) { view_.on(each); }, news);
}

/// Looks at the nodes before anything happens on them, and completes the job by what they have.
void Job::look_at(const Inventory& inventory) {
  if (inventory.facts.size() != asked_.nodes.size())
    return session_.refuse({"the head says what other nodes have than those of the job"});
  auto machine_of = inventory.machine_of;
  auto known = inventory.machines;
  if (machine_of.empty()) {  // nobody was asked to look
    machine_of.resize(asked_.nodes.size());
    known = {""};
  }
  const auto machines = NodeMachines::read(known, std::move(machine_of));
  if (!machines) return session_.refuse({"the head sent: " + machines.error().text()});
  auto seating =
      seat(asked_.resources, asked_.placement, {asked_.nodes, inventory.facts, *machines});
  for (const auto& line : seating.notices) console_.notice(line);
  if (!seating.refusals.empty()) return session_.refuse(std::move(seating.refusals));
  asked_.spec.num_gpus = seating.num_gpus;
  asked_.spec.gpus_are_schedulable = seating.gpus_are_schedulable;
  asked_.spec.seats = std::move(seating.seats.seats);
  asked_.spec.seat_of = std::move(seating.seats.seat_of);
  asked_.spec.ranks = std::move(seating.seats.ranks);
  if (asked_.placement.display_map) view_.show_map(seating.seats.map);
  events_.on_up(inventory);
}

}  // namespace skyrun
