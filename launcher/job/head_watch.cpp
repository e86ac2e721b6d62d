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
  if (std::holds_alternative<JobEnded>(word) || owes_ == Owes::rest)
    return await(Owes::rest, margins_.rest);
  if (owes_ == Owes::nodes && std::holds_alternative<Placed>(word)) end();
}

void HeadWatch::on_cancel(Millis grace) {
  if (owes_ != Owes::rest) await(Owes::end, grace + margins_.end);
}

void HeadWatch::end() {
  await(Owes::nothing, Millis(0));
}

void HeadWatch::await(Owes what, Millis within) {
  owes_ = what;
  within_ = within;
  if (owes_ == Owes::word || owes_ == Owes::nothing) return deadline_.stop();
  deadline_.start(within_);
}

std::string HeadWatch::words_for(Owes owed) const {
  if (owed == Owes::nodes) {
    return fmt::format("waiting for its nodes: no word within {:.0f} s that they are up",
                       seconds(start_timeout_));
  }
  return fmt::format("waiting for the {} of the job: no word of it for {:.0f} s",
                     owed == Owes::rest ? "last lines" : "end", seconds(within_));
}

void HeadWatch::on_deadline() {
  on_overdue_(words_for(std::exchange(owes_, Owes::nothing)));
}

}  // namespace skyrun
