// SPDX-License-Identifier: Apache-2.0
//
// Hostile nodes before a head: whatever they say, the job goes on or ends, and what the head says
// to others is what they take.
#include "core/assert.h"
#include "fabric/incoming.h"
#include "fabric/packet_wire.h"
#include "node_daemon/head/head.h"
#include "tests/fuzz/heard.h"

namespace {

using namespace skyrun;

constexpr uint32_t kNodes = 6;

/// As whoever listens knows them.
std::optional<NodeId> starter_of(NodeId node) {
  return node.value < kNodes ? std::optional(kHead) : std::nullopt;
}

struct Listeners : HeadActions {
  void to_nodes(JobId job, const Message& message) override { take(job, message); }
  void to_client(JobId job, const Message& message) override { take(job, message); }
  void set_deadline(JobId /*job*/, std::chrono::milliseconds /*after*/) override {}
  void drop_deadline(JobId /*job*/) override {}
  void go_home() override {}

  static void take(JobId job, const Message& message) {
    const Frame frame = make_frame(message, kHead, job);
    SKYRUN_ASSERT(frame.body.size() <= kMaxBody);
    SKYRUN_ASSERT(read_word(frame, starter_of).has_value());
  }
};

/// The error says what its speaker did.
Result<void> take(Head& head, const Frame& frame, const StarterOf& starter) {
  if (frame.job == kNoJob) {
    auto word = read_word<ClusterWord>(frame, starter);
    if (!word) return tl::unexpected(std::move(word.error()));
    return head.hear(std::move(*word), frame.body.size());
  }
  const auto word = read_word<JobWord>(frame, starter);
  if (!word) return tl::unexpected(word.error());
  return head.hear(frame.job, *word);
}

/// With a wish of everything, or as a task of a group.
Submit submit(bool in_group) {
  Submit submit{.job = {.num_nodes = kNodes, .setup = "s", .run = "r", .syncs_files = true},
                .wishes = {.resources = {.takes_any_gpus = !in_group},
                           .placement = {.own_gpus = !in_group, .display_map = true}},
                .may_adopt = true};
  if (in_group) submit.job.group = "g";
  for (uint32_t i = 0; i < kNodes; ++i)
    submit.nodes.push_back({.id = NodeId{i}, .host = "h" + std::to_string(i)});
  return submit;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Listeners listeners;
  Head head(kNodes, {.arity = 2, .start_timeout = std::chrono::seconds(60)}, listeners);
  const Post post{kHead, [&head](NodeId node) { return head.starter_of(node); }};
  SKYRUN_ASSERT(head.hear(submit(size % 2 == 0), size));
  Heard heard(data, size);
  uint8_t link = 0;
  while (const auto frame = heard.next(link)) {
    if (link == 0xFE) head.on_deadline(kFirstJob);
    if (link == 0xFD) head.on_client_lost();
    const Neighbour from = link == 0 ? Neighbour{.kind = Neighbour::Kind::parent}
                           : link == 3
                               ? Neighbour{.kind = Neighbour::Kind::shepherd, .job = kFirstJob}
                               : Neighbour{Neighbour::Kind::child, NodeId{link}};
    if (!check_passage(post, from, *frame) || frame->to != To::head) continue;
    const auto taken = take(head, *frame, post.starter_of);
    if (taken) continue;
    SKYRUN_ASSERT(!taken.error().text().empty());
    if (frame->speaker.value < kNodes)
      static_cast<void>(head.hear(NodeLost{frame->speaker, taken.error().text()}, 0));
  }
  return 0;
}
