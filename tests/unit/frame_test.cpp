// SPDX-License-Identifier: Apache-2.0
#include "fabric/frame.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using namespace std::string_literals;

/// What a reader makes of bytes that come in two parts.
std::vector<Frame> read_in_parts(std::string_view first, std::string_view second) {
  FrameReader reader;
  std::vector<Frame> frames;
  for (const auto part : {first, second}) {
    reader.push(part);
    for (Frame frame; reader.next(frame).value();) frames.push_back(frame);
  }
  return frames;
}

std::string error_of(std::string_view bytes) {
  FrameReader reader;
  reader.push(bytes);
  Frame frame;
  const auto more = reader.next(frame);
  return more ? "" : more.error().text();
}

TEST(FrameTest, OnTheWireItIsALengthTheEnvelopeAndTheBody) {
  std::string stream;
  append_frame(stream, {.to = To::head,
                        .job = JobId{3},
                        .speaker = NodeId{258},
                        .lane = Lane::streams,
                        .body = "abc"});
  EXPECT_EQ(stream, "\x0D\x00\x00\x00\x01\x02\x03\x00\x00\x00\x02\x01\x00\x00"s + "abc");
}

TEST(FrameTest, FramesAreTheSameWhereverTheStreamIsCut) {
  const std::vector<Frame> sent{
      {.to = To::peer, .body = ""},
      {.to = To::nodes,
       .job = JobId{1},
       .speaker = NodeId{7},
       .body = std::string("\0\x01\xFF\n", 4)},
      {.to = To::observers, .lane = Lane::bulk, .body = std::string(300, 'x')},
  };
  std::string stream;
  append_keepalive(stream);
  for (const auto& frame : sent) {
    append_frame(stream, frame);
    append_keepalive(stream);
  }
  for (size_t cut = 0; cut <= stream.size(); ++cut) {
    const std::string_view all(stream);
    EXPECT_EQ(read_in_parts(all.substr(0, cut), all.substr(cut)), sent) << "cut at " << cut;
  }
}

TEST(FrameTest, BytesThatComeOneByOneMakeTheSameFrame) {
  std::string stream;
  append_frame(stream, {.to = To::nodes, .body = "one by one"});
  FrameReader reader;
  Frame frame;
  for (size_t i = 0; i < stream.size(); ++i) {
    EXPECT_FALSE(reader.next(frame).value()) << "before byte " << i;
    reader.push({&stream[i], 1});
  }
  ASSERT_TRUE(reader.next(frame).value());
  EXPECT_EQ(frame, (Frame{.to = To::nodes, .body = "one by one"}));
}

TEST(FrameTest, KeepalivesAreNoFrames) {
  std::string stream;
  for (int i = 0; i < 1000; ++i) append_keepalive(stream);
  EXPECT_TRUE(read_in_parts(stream, "").empty());
}

TEST(FrameTest, TheLargestFramePasses) {
  std::string stream;
  append_frame(stream, {.to = To::peer, .body = std::string(kMaxBody, 'x')});
  const auto frames = read_in_parts(stream, "");
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(frames[0].body.size(), kMaxBody);
}

TEST(FrameTest, ALargerOneIsRefusedByItsLengthAlone) {
  EXPECT_EQ(error_of("\x01\x00\x00\x01"s), "a frame larger than 16 MiB");
  EXPECT_EQ(error_of("\xFF\xFF\xFF\xFF"s), "a frame larger than 16 MiB");
  EXPECT_EQ(error_of("\x00\x00\x00\x01"s), "");
}

TEST(FrameTest, AnUnknownReaderIsRefused) {
  const std::string rest = "\x00\x00\x00\x00\x00\x00\x00\x00\x00"s;
  EXPECT_EQ(error_of("\x0A\x00\x00\x00\x04"s + rest), "a frame for nobody");
  EXPECT_EQ(error_of("\x0A\x00\x00\x00\xFF"s + rest), "a frame for nobody");
}

TEST(FrameTest, AnUnknownLaneIsRefused) {
  const std::string rest(8, '\0');
  EXPECT_EQ(error_of("\x0A\x00\x00\x00\x00\x04"s + rest), "a frame in no lane");
}

TEST(FrameTest, WithoutAWholeEnvelopeItIsRefused) {
  EXPECT_EQ(error_of("\x09\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00"s),
            "a frame without an envelope");
}

TEST(FrameTest, TheFramesBeforeABrokenOneAreGivenOut) {
  std::string stream;
  append_frame(stream, {.to = To::head, .body = "good"});
  FrameReader reader;
  reader.push(stream + "\xFF\xFF\xFF\xFF"s);
  Frame frame;
  EXPECT_TRUE(reader.next(frame).value());
  EXPECT_EQ(frame.body, "good");
  EXPECT_FALSE(reader.next(frame).has_value());
}

TEST(FrameTest, APayloadOfTheLargestSizeFitsInAFrame) {
  std::string stream;
  append_frame(stream, make_frame(SyncBlock{.bytes = std::string(kMaxBody - 16, 'x')}, kClient));
  EXPECT_EQ(read_in_parts(stream, "").size(), 1U);
}

TEST(FrameTest, AMessageIsAddressedByItsKind) {
  EXPECT_EQ(make_frame(Bootstrap{}, kClient).to, To::peer);
  EXPECT_EQ(make_frame(StartStage{}, kHead, kFirstJob).to, To::nodes);
  EXPECT_EQ(make_frame(Hello{}, kHead).to, To::head);
  EXPECT_EQ(make_frame(JobEnded{}, kHead, kFirstJob).to, To::observers);
}

TEST(FrameTest, AMessageHasAJobAndALaneByItsKind) {
  EXPECT_EQ(make_frame(StopRanks{}, kHead, JobId{2}).job, JobId{2});
  EXPECT_EQ(make_frame(GoHome{}, kHead, JobId{2}).job, kNoJob);
  EXPECT_EQ(make_frame(StopRanks{}, kHead, JobId{2}).lane, Lane::control);
  EXPECT_EQ(make_frame(Output{}, NodeId{1}, JobId{2}).lane, Lane::streams);
  EXPECT_EQ(make_frame(SyncBlock{}, kClient, JobId{2}).lane, Lane::bulk);
}

TEST(FrameDeathTest, AFrameThatNoPeerWouldTakeIsABugOfOurs) {
  std::string stream;
  const Frame frame{.to = To::peer, .body = std::string(kMaxBody + 1, 'x')};
  EXPECT_DEATH(append_frame(stream, frame), "internal error");
}

}  // namespace
}  // namespace skyrun
