// SPDX-License-Identifier: Apache-2.0
//
// skyrund on one node. It links its parent (standard streams), the daemons it started (Branches)
// and its shepherds (Household), and passes frames between them by who they are for:
//
//     for the nodes    down to every child and, where it is of a job, to its shepherd; on the head,
//                      when it is the head's own, up to the client too, who passes it to the nodes
//                      that it started
//     for the head     up to the parent, until the head reads it
//     for the client   up to the parent
//
// What is of a job is passed on unread: its shepherd and the head read it. Whatever comes by a link
// is looked at once, where it comes in: may it come this way (check_passage), and, where this
// daemon reads it, may its speaker say it (check_word). A peer that says what it may not loses its
// link, and its parent says why.
//
// It lives as long as its parent's link. It ends
//
//     on GoHome                     when its children and its shepherds have gone by themselves
//     when its parent's link ends   likewise: they see that theirs do. The head first has its job
//                                   stop everywhere, as when the client cancels it
//
// Nothing it waits for is without a bound: children that stay are killed (Branches), and so is a
// shepherd that stays or is silent, with what it leaves (Household).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bringup/branches.h"
#include "bringup/start_forest.h"
#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "fabric/router.h"
#include "fabric/stream_peer.h"
#include "node_daemon/head/head.h"
#include "node_daemon/household.h"
#include "node_daemon/machine_look.h"
#include "protocol/authority.h"
#include "protocol/message.h"
#include "protocol/rules.h"

namespace skyrun {

class Daemon : private HeadActions {
 public:
  /// `in` and `out` are the streams to its parent; `program` is what it runs as its shepherd.
  Daemon(EventLoop& loop, Fd in, Fd out, std::string program);

 private:
  // HeadActions, on node 0.
  void to_nodes(JobId job, const Message& message) override;
  void to_client(JobId job, const Message& message) override;
  void set_deadline(JobId job, Millis after) override;
  void drop_deadline(JobId job) override;
  void go_home() override;

  void on_parent_frame(Frame frame, Receipt receipt);
  Result<void> take_bootstrap(const Frame& frame);
  Result<void> take_from_parent(Frame frame, Receipt receipt);
  void on_child_frame(NodeId child, Frame frame, Receipt receipt);
  void pass_on(Frame frame, const Way& from, Receipt receipt);
  void take_here(Frame frame, Receipt receipt);
  void say(const Message& message, JobId job);
  Post post() const;
  std::optional<NodeId> starter_of(NodeId node) const;
  void on_bootstrap(const Bootstrap& bootstrap);
  void start_children(const Bootstrap& bootstrap);
  Result<Household::Started> start_shepherd() const;
  void look_at_machine();
  void say_hello(NodeFacts facts, std::string machine);
  Result<void> obey(const Bootstrap& bootstrap);
  Result<void> obey(const Convene& convene);
  Result<void> obey(const GoHome& go_home);
  void begin_job(const Convene& convene);
  template <class Kind>
  void tell_head(const Kind& word);
  void read_as_head(const Frame& frame);
  Result<void> take_as_head(const Frame& frame);
  Result<void> hear(ClusterWord word, size_t bytes);
  void lose_child(NodeId child, const std::string& why);
  void on_shepherd_lost(JobId job, const std::string& why);
  void lose_speaker(const Frame& frame, const std::string& why);
  void leave_parent(const std::string& why);
  void on_parent_lost();
  void begin_end();
  void end_when_alone();

  EventLoop& loop_;
  Reaper reaper_;
  std::string program_;
  std::optional<Bootstrap> bootstrap_;
  std::optional<StartForest> forest_;  // who starts whom, as its bootstrap has it
  std::optional<Head> head_;           // on node 0
  std::map<JobId, Timer> deadlines_;   // that it has set
  bool ending_ = false;
  bool orphaned_ = false;
  bool children_gone_ = false;
  std::unique_ptr<MachineLook> look_;
  Branches branches_;
  std::optional<Router> router_;  // once it knows which node it is
  StreamPeer parent_;
  Household household_;
};

}  // namespace skyrun
