// SPDX-License-Identifier: Apache-2.0
//
// Hostile neighbours of a daemon that is not the head: no speaker passes but those whose word may
// come that way.
#include "bringup/start_forest.h"
#include "core/assert.h"
#include "fabric/incoming.h"
#include "fabric/tree.h"
#include "tests/fuzz/heard.h"

namespace {

using namespace skyrun;

constexpr Tree kTree{.size = 15, .arity = 2};
constexpr NodeId kSelf{1};

std::optional<NodeId> starter_of(NodeId node) {
  if (node.value >= kTree.size) return std::nullopt;
  return kTree.parent_of(node).value_or(kClient);
}

void check_bootstrap(const Bootstrap& bootstrap) {
  SKYRUN_ASSERT(bootstrap.tree_size >= 1 && bootstrap.tree_size < kMaxNodes);
  SKYRUN_ASSERT(bootstrap.launch.arity >= 1 && !bootstrap.launch.agent.empty());
  SKYRUN_ASSERT(bootstrap.self.host.empty() || bootstrap.self.host[0] != '-');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Post post{kSelf, starter_of};
  Heard heard(data, size);
  uint8_t link = 0;
  while (const auto frame = heard.next(link)) {
    const Neighbour from = link % 4 == 0 ? Neighbour{.kind = Neighbour::Kind::parent}
                           : link % 4 == 1
                               ? Neighbour{.kind = Neighbour::Kind::shepherd, .job = kFirstJob}
                               : Neighbour{Neighbour::Kind::child, NodeId{link % 2 + 3U}};
    if (!check_passage(post, from, *frame)) continue;
    if (from.kind == Neighbour::Kind::child)
      SKYRUN_ASSERT(kTree.is_below(frame->speaker, from.node) && frame->speaker.value < kTree.size);
    if (from.kind == Neighbour::Kind::shepherd) SKYRUN_ASSERT(frame->speaker == kSelf);
    if (from.kind != Neighbour::Kind::parent) continue;
    SKYRUN_ASSERT(frame->speaker == kClient || frame->speaker == kHead);
    const auto word = read_word<DaemonWord>(*frame, starter_of);
    if (!word) continue;
    SKYRUN_ASSERT(frame->to == To::peer || frame->to == To::nodes);
    SKYRUN_ASSERT(frame->job == kNoJob);
    if (const auto* bootstrap = std::get_if<Bootstrap>(&*word)) check_bootstrap(*bootstrap);
  }
  return 0;
}
