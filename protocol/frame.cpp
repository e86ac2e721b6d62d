// SPDX-License-Identifier: Apache-2.0
#include "protocol/frame.h"

#include "protocol/codec.h"
#include "protocol/rules.h"

namespace skyrun {

Frame make_frame(const Message& message, NodeId speaker, JobId job) {
  const Rule& rule = rule_of(message);
  return {.to = rule.to,
          .job = rule.of == Noun::job ? job : kNoJob,
          .speaker = speaker,
          .lane = rule.lane,
          .body = encode(message)};
}

}  // namespace skyrun
