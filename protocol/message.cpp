// SPDX-License-Identifier: Apache-2.0
#include "protocol/message.h"

namespace skyrun {
namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Match(Cases...) -> Match<Cases...>;

template <class T, class... Kinds>
concept OneOf = (std::same_as<T, Kinds> || ...);

template <class T>
concept ForNodes =
    OneOf<T, Prepare, SyncBegin, SyncBlock, StartStage, SignalRanks, StopRanks, Finish>;

template <class T>
concept ForClient = OneOf<T, Adopt, Inventory, Progress, Output, Notice, JobEnded>;

}  // namespace

To recipient(const Message& message) {
  return std::visit(Match{
                        [](const Bootstrap&) { return To::peer; },
                        [](const ForNodes auto&) { return To::nodes; },
                        [](const ForClient auto&) { return To::client; },
                        [](const auto&) { return To::head; },
                    },
                    message);
}

const char* to_text(StartPhase phase) {
  switch (phase) {
    case StartPhase::connecting:
      return "connecting";
    case StartPhase::starting:
      return "starting skyrund";
    case StartPhase::greeting:
      return "waiting for skyrund's hello";
  }
  return "?";
}

const char* to_text(JobState state) {
  switch (state) {
    case JobState::succeeded:
      return "SUCCEEDED";
    case JobState::failed:
      return "FAILED";
    case JobState::failed_setup:
      return "FAILED_SETUP";
    case JobState::failed_driver:
      return "FAILED_DRIVER";
    case JobState::cancelled:
      return "CANCELLED";
  }
  return "?";
}

}  // namespace skyrun
