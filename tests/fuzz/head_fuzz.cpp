// SPDX-License-Identifier: Apache-2.0
//
// Hostile nodes before a head: whatever they say, the job goes on or ends, and what the head says
// to others is what they take.
#include "core/assert.h"
#include "fabric/frame.h"
#include "fabric/incoming.h"
#include "node_daemon/job_run.h"
#include "tests/fuzz/heard.h"

namespace {

using namespace skyrun;

constexpr uint32_t kNodes = 6;

std::optional<NodeId> nobody(NodeId /*node*/) {
  return std::nullopt;
}

struct ClusterReader {
  JobRun& job;
  void operator()(const Submit& /*a second one*/) const {}
  void operator()(const Hello& m) const { job.on_hello(m); }
  void operator()(const StartFailed& m) const { job.on_start_failed(m); }
  void operator()(const NodeLost& m) const { job.on_node_lost(m); }
};

struct Listeners : JobActions {
  void to_nodes(const Message& message) override { take(message); }
  void to_client(const Message& message) override { take(message); }
  void set_deadline(std::chrono::milliseconds /*after*/) override {}

  static void take(const Message& message) {
    const Frame frame = make_frame(message, kHead, kFirstJob);
    SKYRUN_ASSERT(frame.body.size() <= kMaxBody);
    SKYRUN_ASSERT(read_word(frame, nobody).has_value());
  }
};

/// What is wrong with it, in words; empty: it was taken.
std::string take(JobRun& job, const Frame& frame, const StarterOf& starter_of) {
  if (frame.job == kNoJob) {
    const auto word = read_word<ClusterWord>(frame, starter_of);
    if (word) std::visit(ClusterReader{job}, *word);
    SKYRUN_ASSERT(word || !word.error().text().empty());
    return word ? "" : word.error().text();
  }
  const auto word = read_word<JobWord>(frame, starter_of);
  if (word) job.read(*word);
  SKYRUN_ASSERT(word || !word.error().text().empty());
  return word ? "" : word.error().text();
}

Submit submit(bool awaits_approval) {
  Submit submit{.job = {.num_nodes = kNodes,
                        .setup = "s",
                        .run = "r",
                        .awaits_approval = awaits_approval,
                        .syncs_files = true},
                .may_adopt = true};
  for (uint32_t i = 0; i < kNodes; ++i)
    submit.nodes.push_back({.id = NodeId{i}, .host = "h" + std::to_string(i)});
  return submit;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Listeners listeners;
  const Tree tree{.size = kNodes, .arity = 2};
  JobRun job(submit(size % 2 == 0), tree, std::chrono::seconds(60), listeners);
  const Post post{kHead, [&job](NodeId node) -> std::optional<NodeId> {
                    if (node.value >= kNodes) return std::nullopt;
                    return job.starter_of(node);
                  }};
  job.start();
  Heard heard(data, size);
  uint8_t link = 0;
  while (const auto frame = heard.next(link)) {
    if (link == 0xFE) job.on_deadline();
    if (link == 0xFD) job.on_client_lost();
    const Neighbour from = link == 0 ? Neighbour{.kind = Neighbour::Kind::parent}
                           : link == 3
                               ? Neighbour{.kind = Neighbour::Kind::shepherd, .job = kFirstJob}
                               : Neighbour{Neighbour::Kind::child, NodeId{link}};
    if (!check_passage(post, from, *frame) || frame->to != To::head) continue;
    if (const auto problem = take(job, *frame, post.starter_of); !problem.empty()) {
      if (frame->speaker.value < kNodes) job.on_node_lost({frame->speaker, problem});
    }
  }
  return 0;
}
