// SPDX-License-Identifier: Apache-2.0
//
// A hostile daemon above a shepherd: what it is told to prepare becomes an environment, or is
// refused, in bounded time and memory.
#include "core/assert.h"
#include "fabric/incoming.h"
#include "node_daemon/shepherd/environment.h"
#include "tests/fuzz/heard.h"

namespace {

using namespace skyrun;

std::optional<NodeId> nobody(NodeId /*node*/) {
  return std::nullopt;
}

void prepare_stages(const Prepare& prepare, NodeId node) {
  for (const Stage stage : {Stage::setup, Stage::run}) {
    const auto exported = exported_variables(prepare, stage, node);
    SKYRUN_ASSERT(!exported.empty());
    for (const auto& address : prepare.addresses)
      SKYRUN_ASSERT(address.find_first_of(" \n\r\t") == std::string::npos);
    SKYRUN_ASSERT(!process_environment({"A=1"}, prepare.seats, stage, node).empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Post post{NodeId{1}, nobody};
  Heard heard(data, size);
  uint8_t link = 0;
  while (const auto frame = heard.next(link)) {
    const Neighbour daemon{.kind = Neighbour::Kind::daemon};
    if (!check_passage(post, daemon, *frame)) continue;
    const auto word = read_word<ShepherdWord>(*frame, nobody);
    if (!word) continue;
    if (const auto* prepare = std::get_if<Prepare>(&*word)) prepare_stages(*prepare, NodeId{1});
    if (const auto* signal = std::get_if<SignalRanks>(&*word))
      SKYRUN_ASSERT(signal->signo >= 1 && signal->signo <= 64);
  }
  return 0;
}
