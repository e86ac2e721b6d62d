// SPDX-License-Identifier: Apache-2.0
//
// Who may say what. Every frame is stamped with the speaker, the node whose word it is or kClient,
// and two questions are asked of it, each in one place of each program, before anything is
// believed:
//
//     check_passage   may this speaker's word come by this link, to this reader?  By everybody who
//                     takes it from a link, from the envelope alone.
//     check_word      may this speaker say this?  By whoever reads the message.
//
// The first makes the stamp true as far as trust goes: a node can speak for itself and for those
// that it started, for no other, and never for the head or the client. The second is a table of the
// kinds of messages (rules.h).
#pragma once

#include <functional>
#include <optional>

#include "core/result.h"
#include "protocol/frame.h"

namespace skyrun {

/// Who started a node, as the one who asks knows it: another node, or the client (as the head, and
/// what a node's own starter was refused). Nothing: the job has no such node.
using StarterOf = std::function<std::optional<NodeId>(NodeId)>;

/// Who asks: the daemon or the shepherd of a node, or the client.
struct Post {
  NodeId self;
  StarterOf starter_of;
};

/// The other end of a link.
struct Neighbour {
  enum class Kind {
    parent,    ///< of a daemon
    daemon,    ///< of a shepherd
    shepherd,  ///< of a daemon
    child      ///< a daemon that we started
  };
  Kind kind = Kind::parent;
  NodeId node;  ///< of a child
  JobId job;    ///< of a shepherd
};

/// The error says what the neighbour did, as "it spoke for node 3, which it did not start".
Result<void> check_passage(const Post& post, const Neighbour& from, const Frame& frame);

/// The error says what the speaker did, as "it sent Adopt, which only the head may say".
Result<void> check_word(const Message& message, const Frame& frame, const StarterOf& starter_of);

}  // namespace skyrun
