// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/rank_ends.h"

#include <algorithm>
#include <utility>

namespace skyrun {
namespace {

bool continues(const RankEnd& run, const RankEnd& next) {
  return run.first.value + run.count == next.first.value && run.status == next.status &&
         run.stopped == next.stopped && run.error == next.error;
}

}  // namespace

bool RankEnds::add(const RankEnd& end) {
  ends_.push_back(end);
  --left_;
  return left_ == 0 || (!end.status.ok() && !end.stopped);
}

std::vector<RankEnd> RankEnds::take() {
  std::ranges::sort(ends_, {}, [](const RankEnd& end) { return end.first.value; });
  std::vector<RankEnd> folded;
  for (auto& each : std::exchange(ends_, {})) {
    if (folded.empty() || !continues(folded.back(), each)) {
      folded.push_back(std::move(each));
      continue;
    }
    folded.back().count += each.count;
    folded.back().pid = 0;
  }
  return folded;
}

}  // namespace skyrun
