// SPDX-License-Identifier: Apache-2.0
#include "fabric/packet_wire.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using namespace std::string_literals;

/// What a reader makes of bytes that come in two parts.
std::vector<Packet> read_in_parts(std::string_view first, std::string_view second) {
  PacketReader reader;
  std::vector<Packet> packets;
  for (const auto part : {first, second}) {
    reader.push(part);
    for (Packet packet; reader.next(packet).value();) packets.push_back(packet);
  }
  return packets;
}

std::string error_of(std::string_view bytes) {
  PacketReader reader;
  reader.push(bytes);
  Packet packet;
  const auto more = reader.next(packet);
  return more ? "" : more.error().text();
}

TEST(PacketWireTest, AFrameIsALengthItsKindTheEnvelopeAndTheBody) {
  std::string stream;
  append_packet(stream, Frame{.to = To::head,
                              .job = JobId{3},
                              .speaker = NodeId{258},
                              .lane = Lane::streams,
                              .body = "abc"});
  EXPECT_EQ(stream, "\x0E\x00\x00\x00\x00\x01\x02\x03\x00\x00\x00\x02\x01\x00\x00"s + "abc");
}

TEST(PacketWireTest, FramesAreTheSameWhereverTheStreamIsCut) {
  const std::vector<Packet> sent{
      Frame{.to = To::peer, .body = ""},
      Frame{.to = To::nodes,
            .job = JobId{1},
            .speaker = NodeId{7},
            .body = std::string("\0\x01\xFF\n", 4)},
      Frame{.to = To::observers, .lane = Lane::bulk, .body = std::string(300, 'x')},
      Grant{.received = 7, .given_back = {{{Lane::bulk, JobId{1}}, uint64_t{1} << 40U}, {}}},
      Grant{},
      Resume{.received = 9, .held = {{{Lane::streams, JobId{70000}}, 300}}},
  };
  std::string stream;
  append_keepalive(stream);
  for (const auto& packet : sent) {
    append_packet(stream, packet);
    append_keepalive(stream);
  }
  for (size_t cut = 0; cut <= stream.size(); ++cut) {
    const std::string_view all(stream);
    EXPECT_EQ(read_in_parts(all.substr(0, cut), all.substr(cut)), sent) << "cut at " << cut;
  }
}

TEST(PacketWireTest, BytesThatComeOneByOneMakeTheSameFrame) {
  std::string stream;
  append_packet(stream, Frame{.to = To::nodes, .body = "one by one"});
  PacketReader reader;
  Packet packet;
  for (size_t i = 0; i < stream.size(); ++i) {
    EXPECT_FALSE(reader.next(packet).value()) << "before byte " << i;
    reader.push({&stream[i], 1});
  }
  ASSERT_TRUE(reader.next(packet).value());
  EXPECT_EQ(packet, Packet(Frame{.to = To::nodes, .body = "one by one"}));
}

TEST(PacketWireTest, KeepalivesAreNoFrames) {
  std::string stream;
  for (int i = 0; i < 1000; ++i) append_keepalive(stream);
  EXPECT_TRUE(read_in_parts(stream, "").empty());
}

TEST(PacketWireTest, TheLargestFramePasses) {
  std::string stream;
  append_packet(stream, Frame{.to = To::peer, .body = std::string(kMaxBody, 'x')});
  const auto packets = read_in_parts(stream, "");
  ASSERT_EQ(packets.size(), 1U);
  EXPECT_EQ(std::get<Frame>(packets[0]).body.size(), kMaxBody);
}

TEST(PacketWireTest, ALargerOneIsRefusedByItsLengthAlone) {
  EXPECT_EQ(error_of("\x01\x00\x00\x01"s), "a frame larger than 16 MiB");
  EXPECT_EQ(error_of("\xFF\xFF\xFF\xFF"s), "a frame larger than 16 MiB");
  EXPECT_EQ(error_of("\x00\x00\x00\x01"s), "");
}

TEST(PacketWireTest, AnUnknownReaderIsRefused) {
  const std::string rest = "\x00\x00\x00\x00\x00\x00\x00\x00\x00"s;
  EXPECT_EQ(error_of("\x0B\x00\x00\x00\x00\x04"s + rest), "a frame for nobody");
  EXPECT_EQ(error_of("\x0B\x00\x00\x00\x00\xFF"s + rest), "a frame for nobody");
}

TEST(PacketWireTest, AnUnknownLaneIsRefused) {
  const std::string rest(8, '\0');
  EXPECT_EQ(error_of("\x0B\x00\x00\x00\x00\x00\x04"s + rest), "a frame in no lane");
}

TEST(PacketWireTest, WithoutAWholeEnvelopeItIsRefused) {
  EXPECT_EQ(error_of("\x0A\x00\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00"s),
            "a frame without an envelope");
}

TEST(PacketWireTest, AnUnknownKindIsRefused) {
  EXPECT_EQ(error_of("\x01\x00\x00\x00\x03"s), "a packet of no kind");
}

TEST(PacketWireTest, AGrantThatIsNotWholeIsRefused) {
  EXPECT_EQ(error_of("\x08\x00\x00\x00\x01"s + std::string(7, '\0')), "a grant that is cut");
  EXPECT_EQ(error_of("\x15\x00\x00\x00\x01"s + std::string(20, '\0')), "a grant that is cut");
  EXPECT_EQ(
      error_of("\x16\x00\x00\x00\x01"s + std::string(8, '\0') + "\x04"s + std::string(12, '\0')),
      "a grant for no lane");
}

TEST(PacketWireTest, TheFramesBeforeABrokenOneAreGivenOut) {
  std::string stream;
  append_packet(stream, Frame{.to = To::head, .body = "good"});
  PacketReader reader;
  reader.push(stream + "\xFF\xFF\xFF\xFF"s);
  Packet packet;
  EXPECT_TRUE(reader.next(packet).value());
  EXPECT_EQ(std::get<Frame>(packet).body, "good");
  EXPECT_FALSE(reader.next(packet).has_value());
}

TEST(PacketWireTest, APayloadOfTheLargestSizeFitsInAFrame) {
  std::string stream;
  append_packet(stream, make_frame(SyncBlock{.bytes = std::string(kMaxBody - 16, 'x')}, kClient));
  EXPECT_EQ(read_in_parts(stream, "").size(), 1U);
}

TEST(PacketWireTest, AMessageIsAddressedByItsKind) {
  EXPECT_EQ(make_frame(Bootstrap{}, kClient).to, To::peer);
  EXPECT_EQ(make_frame(StartStage{}, kHead, kFirstJob).to, To::nodes);
  EXPECT_EQ(make_frame(Hello{}, kHead).to, To::head);
  EXPECT_EQ(make_frame(JobEnded{}, kHead, kFirstJob).to, To::observers);
}

TEST(PacketWireTest, AMessageHasAJobAndALaneByItsKind) {
  EXPECT_EQ(make_frame(StopRanks{}, kHead, JobId{2}).job, JobId{2});
  EXPECT_EQ(make_frame(GoHome{}, kHead, JobId{2}).job, kNoJob);
  EXPECT_EQ(make_frame(StopRanks{}, kHead, JobId{2}).lane, Lane::control);
  EXPECT_EQ(make_frame(Output{}, NodeId{1}, JobId{2}).lane, Lane::streams);
  EXPECT_EQ(make_frame(SyncBlock{}, kClient, JobId{2}).lane, Lane::bulk);
}

TEST(PacketWireDeathTest, AFrameThatNoPeerWouldTakeIsABugOfOurs) {
  std::string stream;
  const Frame frame{.to = To::peer, .body = std::string(kMaxBody + 1, 'x')};
  EXPECT_DEATH(append_packet(stream, frame), "internal error");
}

}  // namespace
}  // namespace skyrun
