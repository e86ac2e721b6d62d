// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/head_watch.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

namespace skyrun {
namespace {

double seconds(Millis time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace

HeadWatch::HeadWatch(EventLoop& loop, Millis start_timeout, Overdue on_overdue, Margins margins)
    : start_timeout_(start_timeout),
      margins_(margins),
      on_overdue_(std::move(on_overdue)),
      deadline_(loop, [this] { on_deadline(); }) {}

void HeadWatch::on(const ObserverWord& word) {
  if (owes_ == Owes::word) await(Owes::nodes, start_timeout_ + margins_.nodes);
  if (const auto* stop = std::get_if<StopRanks>(&word)) return on_cancel(stop->grace);
  if (std::holds_alternative<JobEnded>(word)) return await(Owes::farewell, margins_.farewell);
  if (std::holds_alternative<GoHome>(word)) return end();
  const bool nodes_are_up =
      std::holds_alternative<Prepare>(word) || std::holds_alternative<Inventory>(word);
  if (owes_ == Owes::nodes && nodes_are_up) return end();
  if (owes_ == Owes::end) restart();
}

void HeadWatch::on_cancel(Millis grace) {
  if (owes_ != Owes::farewell) await(Owes::end, grace + margins_.end);
}

void HeadWatch::set_reading(bool reading) {
  if (std::exchange(reading_, reading) != reading) restart();
}

void HeadWatch::end() {
  await(Owes::nothing, Millis(0));
}

void HeadWatch::await(Owes what, Millis within) {
  owes_ = what;
  within_ = within;
  restart();
}

void HeadWatch::restart() {
  const bool waits = reading_ && owes_ != Owes::word && owes_ != Owes::nothing;
  if (waits) {
    deadline_.start(within_);
  } else {
    deadline_.stop();
  }
}

void HeadWatch::on_deadline() {
  const Owes owed = std::exchange(owes_, Owes::nothing);
  on_overdue_(owed == Owes::nodes
                  ? fmt::format("waiting for its nodes: no word within {:.0f} s that they are up",
                                seconds(start_timeout_))
                  : fmt::format("waiting for the end of the job: no word of it for {:.0f} s",
                                seconds(within_)));
}

}  // namespace skyrun
