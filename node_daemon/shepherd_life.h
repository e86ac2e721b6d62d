// SPDX-License-Identifier: Apache-2.0
//
// The life of a shepherd as its daemon sees it: by the link to it, and by its warden, which ends
// after it and as it did (shepherd/warden.h).
//
//     here       both are there
//     parted     its link has ended, and its warden is a moment behind; then it says how
//     unwarded   its warden has ended, and it ends the job's processes by itself: it is not ended
//                before it has, for if we are killed meanwhile it is who is left to do so
//     killed     it hangs, lies or stays: its warden is killed, and with it what is theirs
//     gone       what it has left is ours to end
#pragma once

#include <array>

namespace skyrun {

enum class ShepherdState { here, parted, unwarded, killed, gone };

/// `given_up`: it is silent, says what it may not, or has had its time to go.
enum class ShepherdEvent { link_ended, warden_ended, given_up };

struct ShepherdStep {
  ShepherdState from;
  ShepherdEvent event;
  ShepherdState to;
};

constexpr std::array kShepherdSteps{
    ShepherdStep{ShepherdState::here, ShepherdEvent::link_ended, ShepherdState::parted},
    ShepherdStep{ShepherdState::here, ShepherdEvent::warden_ended, ShepherdState::unwarded},
    ShepherdStep{ShepherdState::here, ShepherdEvent::given_up, ShepherdState::killed},
    ShepherdStep{ShepherdState::parted, ShepherdEvent::warden_ended, ShepherdState::gone},
    ShepherdStep{ShepherdState::parted, ShepherdEvent::given_up, ShepherdState::killed},
    ShepherdStep{ShepherdState::unwarded, ShepherdEvent::link_ended, ShepherdState::gone},
    ShepherdStep{ShepherdState::unwarded, ShepherdEvent::given_up, ShepherdState::gone},
    ShepherdStep{ShepherdState::killed, ShepherdEvent::warden_ended, ShepherdState::gone},
};

/// The state after an event; the same state where the event means nothing.
constexpr ShepherdState next(ShepherdState state, ShepherdEvent event) {
  for (const auto& step : kShepherdSteps) {
    if (step.from == state && step.event == event) return step.to;
  }
  return state;
}

static_assert(next(ShepherdState::killed, ShepherdEvent::link_ended) == ShepherdState::killed);
static_assert(next(ShepherdState::gone, ShepherdEvent::warden_ended) == ShepherdState::gone);

}  // namespace skyrun
