// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job.h"

#include <fmt/format.h>

#include <utility>

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
  const auto* placed = std::get_if<Placed>(&news);
  if (placed != nullptr && !placed->refused) events_.on_placed(*placed);
}

}  // namespace skyrun
