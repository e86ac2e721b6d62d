// SPDX-License-Identifier: Apache-2.0
#include "fabric/router.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

constexpr Way kHere{.kind = Way::Kind::here};
constexpr Way kUp{.kind = Way::Kind::up};

Way child(uint32_t node) {
  return {.kind = Way::Kind::child, .child = NodeId{node}};
}

Router router(NodeId self, std::initializer_list<uint32_t> children) {
  Router made(self);
  for (const uint32_t each : children) made.add(NodeId{each});
  return made;
}

TEST(RouterTest, WhatIsForTheHeadGoesUpUntilItIsThere) {
  const Frame frame{.to = To::head};
  EXPECT_EQ(router(NodeId{3}, {7, 8}).course_of(frame, child(7)), (Course{.on = {kUp}}));
  EXPECT_EQ(router(kHead, {1}).course_of(frame, child(1)), (Course{.here = true}));
  EXPECT_EQ(router(kClient, {0, 4}).course_of(frame, child(4)), (Course{.on = {child(0)}}));
}

TEST(RouterTest, WhatIsForTheObserversGoesUpToTheClient) {
  const Frame frame{.to = To::observers};
  EXPECT_EQ(router(kHead, {1, 2}).course_of(frame, child(2)), (Course{.on = {kUp}}));
  EXPECT_EQ(router(kClient, {0}).course_of(frame, child(0)), (Course{.here = true}));
}

TEST(RouterTest, WhatIsForTheNodesGoesDownAndStaysHereToo) {
  const Frame frame{.to = To::nodes};
  EXPECT_EQ(router(NodeId{3}, {7, 8}).course_of(frame, kUp),
            (Course{.here = true, .on = {child(7), child(8)}}));
}

TEST(RouterTest, WhatTheHeadSaysToTheNodesGoesOverTheClientToThoseThatItStarted) {
  const Frame frame{.to = To::nodes, .speaker = kHead};
  EXPECT_EQ(router(kHead, {1}).course_of(frame, kHere),
            (Course{.here = true, .on = {kUp, child(1)}}));
  EXPECT_EQ(router(kClient, {0, 4, 5}).course_of(frame, child(0)),
            (Course{.here = true, .on = {child(4), child(5)}}));
}

TEST(RouterTest, WhatTheClientSaysToTheNodesIsNotForItself) {
  const Frame frame{.to = To::nodes, .speaker = kClient};
  EXPECT_EQ(router(kClient, {0, 4}).course_of(frame, kHere), (Course{.on = {child(0), child(4)}}));
}

TEST(RouterTest, WhatIsForThePeerGoesNoFurther) {
  EXPECT_EQ(router(NodeId{3}, {7}).course_of({.to = To::peer}, kUp), (Course{.here = true}));
}

TEST(RouterTest, ALostChildIsNoWay) {
  Router daemon = router(NodeId{3}, {7, 8});
  daemon.remove(NodeId{7});
  EXPECT_EQ(daemon.course_of({.to = To::nodes}, kUp), (Course{.here = true, .on = {child(8)}}));
}

}  // namespace
}  // namespace skyrun
