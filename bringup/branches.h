// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bringup/starter.h"

namespace skyrun {

/// The daemons that this program starts, each with the part of the tree behind it.
///
/// It ends by close(), or by await_end() when the job is over. From then on nothing is started, and
/// neither a loss nor a failed start is told; after close() no frame either. on_all_gone is the
/// last that comes. Nothing comes once it is destroyed, which must not happen in its callbacks.
class Branches {
 public:
  struct Events {
    std::function<void(NodeId child, Frame, Receipt)> on_frame;
    std::function<void(StartFailed)> on_start_failed;
    std::function<void(NodeId child, std::string why)> on_lost;
    std::function<void()> on_all_gone;  ///< after close(): every child's process has ended
  };

  Branches(EventLoop& loop, std::unique_ptr<Starter> starter, Events events);

  /// Starts a daemon on each node. Whoever has not answered `deadline` from now is given up.
  void start(std::vector<Bootstrap> nodes, Millis deadline);

  /// Has the daemon said anything, and is not lost?
  bool up(NodeId child) const;

  /// Of a child that has been lost, the frame is dropped.
  void send(NodeId child, Frame frame, Receipt receipt = nullptr);

  /// Of the launch agents that run.
  std::vector<pid_t> pids() const;

  /// The child that was lost or failed to start is dropped: nothing more comes from it.
  void drop(NodeId child);

  /// Ends every link and waits for the processes; those that last longer than `patience` are
  /// killed. on_all_gone follows.
  void close(Millis patience);

  /// Waits for the daemons to end by themselves, as they do when the job is over. Those that have
  /// not answered yet are not waited for.
  void await_end(Millis patience);

 private:
  Branch* find(NodeId id) const;
  Branch::Events events_of(NodeId id);
  void report_when_all_gone();

  std::unique_ptr<Starter> starter_;
  Events events_;
  Later all_gone_;
  std::vector<std::unique_ptr<Branch>> children_;
  bool ending_ = false;
  bool reported_ = false;
  Timer patience_;
};

}  // namespace skyrun
