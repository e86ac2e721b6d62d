// SPDX-License-Identifier: Apache-2.0
//
// A hostile head, and hostile nodes, before the client: what it believes names nodes of its own
// job, starts none but those that the head may give away, and writes nothing to the terminal but
// what ranks print.
#include "core/assert.h"
#include "core/text.h"
#include "launcher/job/hearing.h"
#include "launcher/output/weaver.h"
#include "tests/fuzz/heard.h"

namespace {

using namespace skyrun;

constexpr uint32_t kNodes = 6;

std::vector<NodeSpec> nodes() {
  std::vector<NodeSpec> nodes;
  for (uint32_t i = 0; i < kNodes; ++i)
    nodes.push_back({.id = NodeId{i}, .host = "h" + std::to_string(i), .by_client = i == 5});
  return nodes;
}

void check_text(const std::string& text) {
  SKYRUN_ASSERT(printable(text) == text && text.size() <= 4096);
}

struct Believes {
  Weaver& weaver;
  StartForest& forest;
  const std::vector<NodeSpec>& specs;

  void operator()(const Adopt& adopt) const {
    check_text(adopt.why);
    for (const NodeId node : adopt.nodes) {
      SKYRUN_ASSERT(node != kHead && node.value < kNodes);
      forest.cut(node);
    }
  }
  void operator()(const Placed& placed) const {
    SKYRUN_ASSERT(placed.addresses.size() == specs.size());
    for (const auto& notice : placed.notices) check_text(notice);
  }
  void operator()(const Output& output) const {
    SKYRUN_ASSERT(output.node.value < kNodes);
    weaver.output({.rank = output.node.value, .pid = static_cast<int>(output.pid)}, output.bytes);
  }
  void operator()(const Notice& notice) const { check_text(notice.text); }
  void operator()(const JobEnded& ended) const {
    for (const auto& error : ended.errors) check_text(error);
  }
  void operator()(const auto& /*changes nothing here*/) const {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto specs = nodes();
  const JobSpec job{.num_nodes = kNodes, .run = "r", .syncs_files = true};
  StartForest forest({.size = kNodes, .arity = 2}, specs);
  Hearing hearing(job, kNodes, LaunchMode::automatic, forest);
  Weaver weaver{Look{}};
  Heard heard(data, size);
  uint8_t link = 0;
  while (const auto frame = heard.next(link)) {
    const NodeId from{link % 2 == 0 ? 0U : 5U};
    if (!hearing.check_passage_from(from, *frame) || frame->to == To::head) continue;
    const auto message = hearing.take(*frame);
    if (message) {
      std::visit(Believes{weaver, forest, specs}, *message);
    } else {
      SKYRUN_ASSERT(!message.error().text().empty());
    }
  }
  return 0;
}
