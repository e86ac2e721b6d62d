// SPDX-License-Identifier: Apache-2.0
#include "protocol/codec.h"

#include <gtest/gtest.h>

#include <csignal>

namespace skyrun {
namespace {

using std::chrono::milliseconds;

JobSpec full_job() {
  return {.id = 7,
          .name = "train",
          .task_id = "sky-2026_c_7",
          .log_name = "sky-2026",
          .group = "g",
          .cluster_info = "{}",
          .user = "alice",
          .num_nodes = 2,
          .envs = {{"A", "line\nline"}, {"B", ""}},
          .secrets = {{"TOKEN", "\xf0\x9f\x9a\x80"}},
          .setup = "",
          .run = "echo hi",
          .apps = {{.argv = {"./p", "-x"},
                    .variables = {{"R", "%{rank}"}},
                    .directory = "/d",
                    .insists = true,
                    .ranks = 2}},
          .reports_bindings = true,
          .syncs_files = true,
          .grace = milliseconds(1500),
          .linger = milliseconds(2500),
          .sync_timeout = milliseconds(3500)};
}

JobSeats full_seats() {
  return {.num_gpus = 8,
          .gpus_are_schedulable = false,
          .seats = {{.cpus = {0, 64},
                     .numa = 1,
                     .variables = {{"CUDA_VISIBLE_DEVICES", "1"}},
                     .defaults = {{"OMP_NUM_THREADS", "1"}}}},
          .seat_of = {0, 0},
          .ranks = one_rank_each(2)};
}

Submit full_submit(std::vector<NodeSpec> nodes) {
  const ResourceWish wish{.accelerator = "T4",
                          .accelerators = 0.5,
                          .schedulable = false,
                          .cpus = 1.5,
                          .memory_gib = 0.1};
  return {
      .job = full_job(),
      .wishes = {.resources = {.candidates = {wish, {}}, .takes_any_gpus = true, .insists = false},
                 .placement = {.ranks = 4,
                               .map_by = "seq",
                               .rank_by = "slot",
                               .bind_to = "core",
                               .file_text = "h0\nh1\n",
                               .defaults = Defaults::open_mpi_4,
                               .own_gpus = true,
                               .display_map = true}},
      .nodes = std::move(nodes),
      .may_adopt = true};
}

std::vector<NodeSpec> two_nodes() {
  return {{.id = NodeId{0}, .host = "h0", .local = true, .home = "/h", .address = "127.0.0.1"},
          {.id = NodeId{1},
           .host = "h1",
           .user = "u",
           .port = 2222,
           .identity_file = "/k",
           .by_client = true,
           .ssh_options = {"HostName=h3"}}};
}

LaunchOptions full_launch() {
  return {.agent = {"ssh", "-v"},
          .ssh_options = {"Port=1"},
          .daemon_path = "/bin/skyrund",
          .arity = 3,
          .start_timeout = milliseconds(100),
          .lease = milliseconds(200),
          .interface = "ib0"};
}

NodeFacts full_facts() {
  return {.hostname = "n",
          .address = "10.0.0.1",
          .addresses = {{.interface = "eth0", .address = "10.0.0.1", .prefix = 8}},
          .reached_from = "10.0.0.9",
          .cpus = 4,
          .memory_bytes = 1U << 30U};
}

RankOutcome full_outcome() {
  return {.rank = Rank{5},
          .node = NodeId{1},
          .pid = 9,
          .status = {.signal = SIGKILL},
          .started = true,
          .stopped = true,
          .lost = true,
          .first = true};
}

StageEnded full_end() {
  return {.node = NodeId{1},
          .stage = Stage::setup,
          .pid = 12,
          .status = {.code = 3},
          .stopped = true,
          .error = "e",
          .ranks = {{.first = LocalRank{2},
                     .count = 3,
                     .pid = 4,
                     .status = {.code = 5},
                     .stopped = true,
                     .error = "e"}},
          .left = 6};
}

/// One of every kind, no field at its default.
std::vector<Message> one_of_each() {
  return {
      Bootstrap{
          .self = two_nodes()[1], .launch = full_launch(), .tree_size = 2, .subtree = two_nodes()},
      Enlist{NodeId{1}},
      Hello{.node = NodeId{1}, .facts = full_facts()},
      StartFailed{.node = NodeId{1},
                  .by = NodeId{2},
                  .refused = true,
                  .phase = StartPhase::greeting,
                  .why = "words",
                  .advice = "do"},
      NodeLost{NodeId{1}, "silent"},
      Adopt{{NodeId{1}, NodeId{2}}, "why"},
      Convene{kFirstJob, {{NodeId{1}, 3}, {NodeId{7}, 1}}},
      GoHome{},
      full_submit(two_nodes()),
      Introduce{"10.0.0.1 a-0.g\n"},
      Cancel{.at_once = true, .errors = {"e"}},
      SignalRanks{SIGUSR1},
      SyncBegin{{"~/a", "b"}},
      SyncBlock{std::string("\0\xff", 2)},
      SyncSent{uint64_t{5} << 32U},
      Prepare{full_job(), {"10.0.0.1", "10.0.0.2"}, full_seats(), "10.0.0.1 a-0.g\n"},
      StartStage{Stage::setup, true},
      StopRanks{milliseconds(5)},
      JobOver{},
      Prepared{NodeId{1}, true, "why"},
      full_end(),
      SyncTaken{NodeId{1}, uint64_t{5} << 32U},
      NodeQuiet{NodeId{1}},
      ShepherdLost{NodeId{1}, "why"},
      Placed{{"10.0.0.1", "10.0.0.2"}, true, {"n"}, "a map\nof it\n"},
      Progress{.stage = Stage::sync, .done = 1, .total = 2, .late = {"h1"}, .taken = 9},
      Output{.node = NodeId{1},
             .stage = Stage::setup,
             .pid = 3,
             .bytes = "text\n",
             .rank = Rank{4},
             .stream = Stream::err},
      OutputEnd{NodeId{1}},
      Notice{NodeId{1}, "words"},
      JobEnded{.state = JobState::cancelled,
               .stage = Stage::setup,
               .ranks = {full_outcome()},
               .errors = {"a", "b"}},
  };
}

TEST(CodecTest, EveryMessageArrivesAsItWasSent) {
  const auto messages = one_of_each();
  EXPECT_EQ(messages.size(), std::variant_size_v<Message>);
  for (size_t i = 0; i < messages.size(); ++i) {
    EXPECT_EQ(messages[i].index(), i) << "one of each kind, in their order";
    const auto arrived = decode(encode(messages[i]));
    ASSERT_TRUE(arrived) << i << ": " << arrived.error().text();
    EXPECT_TRUE(*arrived == messages[i]) << "message " << i;
  }
}

TEST(CodecTest, WhatIsNoMessageIsRefusedInWords) {
  for (const std::string bytes : {"", "x", "\xff\xff\xff\xff", "\x0a\x05"}) {
    const auto message = decode(bytes);
    ASSERT_FALSE(message);
    EXPECT_FALSE(message.error().text().empty());
  }
}

TEST(CodecTest, NoCutMessageIsTakenForAnother) {
  for (const auto& message : one_of_each()) {
    const std::string bytes = encode(message);
    for (size_t length = 0; length < bytes.size(); ++length) {
      const auto part = decode(bytes.substr(0, length));
      EXPECT_FALSE(part.has_value() && *part == message);
    }
  }
}

/// Fails on what no honest peer sends.
void expect_refused(const Message& message, const char* what) {
  EXPECT_FALSE(decode(encode(message))) << what;
}

TEST(CodecTest, NumbersBeyondTheirBoundsAreRefused) {
  expect_refused(NodeQuiet{NodeId{kMaxNodes}}, "a node id");
  expect_refused(SignalRanks{0}, "no signal");
  expect_refused(SignalRanks{65}, "a signal that is none");
  expect_refused(Bootstrap{.self = two_nodes()[0], .tree_size = 0}, "a tree of nobody");
  expect_refused(Bootstrap{.self = two_nodes()[0], .launch = {.arity = 0}}, "a tree without arity");
  expect_refused(Bootstrap{.self = two_nodes()[0], .launch = {.agent = {}}}, "no launch agent");
}

}  // namespace
}  // namespace skyrun
