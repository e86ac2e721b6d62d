// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job.h"

#include <utility>

namespace skyrun {

Job::Job(EventLoop& loop, Console& console, JobPlan plan, Events events)
    : console_(console),
      title_(std::move(plan.title)),
      spec_(plan.session.job),
      nodes_(plan.session.nodes),
      events_(std::move(events)),
      view_(console, spec_, nodes_, std::move(plan.names)),
      session_(
          loop, std::move(plan.session),
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
  if (const auto* inventory = std::get_if<Inventory>(&message)) return events_.on_up(*inventory);
  std::visit([this](const auto& each) { view_.on(each); }, message);
  session_.set_reading(!console_.full());
}

}  // namespace skyrun
