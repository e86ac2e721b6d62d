// SPDX-License-Identifier: Apache-2.0
#include "fabric/incoming.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

std::optional<NodeId> nobody(NodeId /*node*/) {
  return std::nullopt;
}

std::string why(const Frame& frame) {
  const auto word = read_word<DaemonWord>(frame, nobody);
  return word ? "" : word.error().text();
}

TEST(IncomingTest, AWordIsReadByWhomItIsForFromWhoMaySayIt) {
  EXPECT_EQ(why(make_frame(GoHome{}, kHead)), "");
  EXPECT_NE(why(make_frame(GoHome{}, NodeId{3})), "");
  EXPECT_NE(why(make_frame(JobOver{}, kHead, kFirstJob)), "");
}

TEST(IncomingTest, WhatIsNoMessageIsSaidInWords) {
  Frame frame = make_frame(GoHome{}, kHead);
  frame.body = "\xff\xff";
  EXPECT_EQ(why(frame).rfind("it sent ", 0), 0U) << why(frame);
}

}  // namespace
}  // namespace skyrun
