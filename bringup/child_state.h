// SPDX-License-Identifier: Apache-2.0
//
// The states of one daemon before the program that starts it.
//
//     idle      nothing runs yet
//     starting  its launch agent runs
//     retrying  that was turned away, as may pass, and is tried again in a moment
//     greeted   the daemon's first bytes have come
//     up        its first frame has come
//     over      it could not be started, or is lost: told once, and nothing more of it but the end
//               of its agent
//     closed    nobody wants to hear of it any more
#pragma once

#include <array>

namespace skyrun {

enum class ChildState { idle, starting, retrying, greeted, up, over, closed };

enum class ChildEvent { begin, turned_away, greeting, word, end, close };

struct ChildStep {
  ChildState from;
  ChildEvent event;
  ChildState to;
};

constexpr std::array kChildSteps{
    ChildStep{ChildState::idle, ChildEvent::begin, ChildState::starting},
    ChildStep{ChildState::retrying, ChildEvent::begin, ChildState::starting},
    ChildStep{ChildState::starting, ChildEvent::turned_away, ChildState::retrying},
    ChildStep{ChildState::starting, ChildEvent::greeting, ChildState::greeted},
    ChildStep{ChildState::greeted, ChildEvent::word, ChildState::up},
    ChildStep{ChildState::idle, ChildEvent::end, ChildState::over},
    ChildStep{ChildState::starting, ChildEvent::end, ChildState::over},
    ChildStep{ChildState::retrying, ChildEvent::end, ChildState::over},
    ChildStep{ChildState::greeted, ChildEvent::end, ChildState::over},
    ChildStep{ChildState::up, ChildEvent::end, ChildState::over},
    ChildStep{ChildState::idle, ChildEvent::close, ChildState::closed},
    ChildStep{ChildState::starting, ChildEvent::close, ChildState::closed},
    ChildStep{ChildState::retrying, ChildEvent::close, ChildState::closed},
    ChildStep{ChildState::greeted, ChildEvent::close, ChildState::closed},
    ChildStep{ChildState::up, ChildEvent::close, ChildState::closed},
    ChildStep{ChildState::over, ChildEvent::close, ChildState::closed},
};

/// The state after an event; the same state where the event means nothing.
constexpr ChildState next(ChildState state, ChildEvent event) {
  for (const auto& step : kChildSteps) {
    if (step.from == state && step.event == event) return step.to;
  }
  return state;
}

/// Has its daemon greeted, and is not over?
constexpr bool is_linked(ChildState state) {
  return state == ChildState::greeted || state == ChildState::up;
}

/// Is it decided what became of it?
constexpr bool has_ended(ChildState state) {
  return state == ChildState::over || state == ChildState::closed;
}

static_assert(next(ChildState::over, ChildEvent::end) == ChildState::over);  // told once
static_assert(next(ChildState::over, ChildEvent::begin) == ChildState::over);

}  // namespace skyrun
