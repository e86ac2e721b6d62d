// SPDX-License-Identifier: Apache-2.0
#include "bringup/child_state.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <set>

namespace skyrun {
namespace {

constexpr std::array kStates{ChildState::idle,    ChildState::starting, ChildState::retrying,
                             ChildState::greeted, ChildState::up,       ChildState::over,
                             ChildState::closed};
constexpr std::array kEvents{ChildEvent::begin, ChildEvent::turned_away, ChildEvent::greeting,
                             ChildEvent::word,  ChildEvent::end,         ChildEvent::close};

ChildState after(std::initializer_list<ChildEvent> events) {
  ChildState state = ChildState::idle;
  for (const auto event : events) state = next(state, event);
  return state;
}

TEST(ChildStateTest, ADaemonGreetsBeforeItsFirstWord) {
  EXPECT_EQ(after({ChildEvent::begin, ChildEvent::greeting, ChildEvent::word}), ChildState::up);
  EXPECT_EQ(after({ChildEvent::begin, ChildEvent::word}), ChildState::starting);
}

TEST(ChildStateTest, OnlyAStartThatWasTurnedAwayIsTriedAgain) {
  EXPECT_EQ(after({ChildEvent::begin, ChildEvent::turned_away, ChildEvent::begin}),
            ChildState::starting);
  for (const auto state : kStates) {
    const bool begins =
        next(state, ChildEvent::begin) == ChildState::starting && state != ChildState::starting;
    EXPECT_EQ(begins, state == ChildState::idle || state == ChildState::retrying);
  }
}

TEST(ChildStateTest, NothingBeginsAgainOnceItsEndIsDecided) {
  for (const auto state : kStates) {
    for (const auto event : kEvents) {
      if (!has_ended(state)) continue;
      EXPECT_TRUE(has_ended(next(state, event)));
    }
  }
}

TEST(ChildStateTest, EveryStateEndsAndCloses) {
  for (const auto state : kStates) {
    EXPECT_TRUE(has_ended(next(state, ChildEvent::end)));
    EXPECT_EQ(next(state, ChildEvent::close), ChildState::closed);
  }
}

TEST(ChildStateTest, NoStepIsSaidTwice) {
  std::set<std::pair<ChildState, ChildEvent>> seen;
  for (const auto& step : kChildSteps) EXPECT_TRUE(seen.insert({step.from, step.event}).second);
}

}  // namespace
}  // namespace skyrun
