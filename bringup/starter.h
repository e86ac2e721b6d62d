// SPDX-License-Identifier: Apache-2.0
//
// The seam between who wants daemons and who can start them: by a launch agent for each node
// (AgentStarter), or by the command of a batch system for many at once.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "fabric/receipt.h"
#include "protocol/frame.h"
#include "protocol/message.h"

namespace skyrun {

/// A daemon that this program has started, or is about to, with the part of the tree behind it.
///
/// Its end is told once: on_start_failed before it greeted, and where the deadline passed;
/// on_lost after it. From then on only on_gone comes; so too after close(), which takes back what
/// is not told yet. Nothing comes once it is destroyed, which must not happen in its own callbacks.
class Branch {
 public:
  struct Events {
    std::function<void(Frame, Receipt)> on_frame;
    std::function<void()> on_greeted;
    std::function<void(StartFailed)> on_start_failed;
    std::function<void(std::string why)> on_lost;
    std::function<void()> on_gone;  ///< its process here has ended and was collected
  };

  virtual ~Branch() = default;

  virtual NodeId id() const = 0;
  /// Has its daemon greeted, and is not over?
  virtual bool linked() const = 0;
  /// Has its daemon said anything, and is not over?
  virtual bool up() const = 0;
  /// The process here that started it; 0: none is left.
  virtual pid_t pid() const = 0;
  /// What is sent before its greeting reaches it too, however often its start is tried.
  virtual void send(Frame frame, Receipt receipt) = 0;

  /// Ends the link; the daemon sees that and goes.
  virtual void close() = 0;
  /// Ends the process here at once.
  virtual void kill() = 0;

  bool gone() const { return pid() == 0; }
};

class Starter {
 public:
  virtual ~Starter() = default;

  /// A branch for each of the nodes, in their order, with the events that `events_of` gives for it.
  /// Whoever has not answered `deadline` from now is given up. Nothing is called back within this
  /// call. The branches end before the starter does.
  virtual std::vector<std::unique_ptr<Branch>> start(
      std::vector<Bootstrap> nodes, Millis deadline,
      const std::function<Branch::Events(NodeId)>& events_of) = 0;
};

}  // namespace skyrun
