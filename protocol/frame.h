// SPDX-License-Identifier: Apache-2.0
//
// What a link carries: an encoded message in an envelope. Whoever passes it on reads the envelope
// and never the body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "protocol/ids.h"
#include "protocol/message.h"

namespace skyrun {

/// Who reads a frame: the other end of the link, the head, every node, or who watches the job,
/// which is the client above the head. Of a job, where the frame has one: its nodes, its watchers.
enum class To : uint8_t { peer, head, nodes, observers };

/// In their order of right of way: what decides, what ranks tell one another, what programs read
/// and write, and files.
enum class Lane : uint8_t { control, collective, streams, bulk };

struct Frame {
  To to = To::peer;
  JobId job;                 ///< kNoJob: it is the cluster's own
  NodeId speaker = kClient;  ///< whose word it is (authority.h)
  Lane lane = Lane::control;
  std::string body;

  friend bool operator==(const Frame&, const Frame&) = default;
};

/// `speaker` is who says it: a node or the client. `job` is whose it is, where its kind is a job's
/// (rules.h); what is the cluster's own is of no job.
Frame make_frame(const Message& message, NodeId speaker, JobId job = kNoJob);

}  // namespace skyrun
