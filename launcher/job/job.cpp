// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job.h"

#include <fmt/format.h>

#include <utility>

#include "launcher/job/resource_check.h"
#include "launcher/task/numbers.h"

namespace skyrun {

Job::Job(EventLoop& loop, Reaper& reaper, Console& console, JobPlan plan, Events events)
    : console_(console),
      title_(std::move(plan.title)),
      resources_(std::move(plan.resources)),
      insists_(plan.insists),
      spec_(plan.session.job),
      nodes_(plan.session.nodes),
      events_(std::move(events)),
      view_(console, spec_, nodes_, std::move(plan.subject), std::move(plan.names)),
      session_(
          loop, reaper, std::move(plan.session),
          {.on_message = [this](const Message& message) { on_message(message); },
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
  session_.start();
}

void Job::on_message(const Message& message) {
  if (const auto* inventory = std::get_if<Inventory>(&message)) return look_at(*inventory);
  std::visit([this](const auto& each) { view_.on(each); }, message);
  session_.set_reading(!console_.full());
}

/// Refuses nodes that fall short; else the job goes on as the first candidate that they satisfy.
void Job::look_at(const Inventory& inventory) {
  if (inventory.facts.size() != nodes_.size())
    return session_.refuse({"the head says what other nodes have than those of the job"});
  std::vector<std::string> hosts;
  hosts.reserve(nodes_.size());
  for (const auto& node : nodes_) hosts.push_back(node.host);
  auto verdict = check_resources(resources_, hosts, inventory.facts);
  if (!verdict.chosen && insists_) return session_.refuse(std::move(verdict.shortages));
  for (const auto& line : verdict.shortages) console_.notice(line + "; running all the same");
  if (verdict.accelerators_unknown)
    console_.notice("accelerators are not checked: the nodes cannot tell what they have");
  take(resources_.candidates[verdict.chosen.value_or(0)]);
  events_.on_up(inventory);
}

void Job::take(const Resources& resources) {
  spec_.num_gpus = static_cast<uint32_t>(resources.setup_gpus_per_node());
  spec_.gpus_are_schedulable = resources.gpus_per_node() == resources.setup_gpus_per_node();
  if (resources_.candidates.size() == 1 || !resources.accelerator) return;
  console_.notice(fmt::format("accelerators: {}:{}", resources.accelerator->name,
                              number_text(resources.accelerator->count)));
}

}  // namespace skyrun
