// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "launcher/job/console.h"
#include "launcher/job/job_view.h"
#include "launcher/job/node_machines.h"
#include "launcher/job/placement_wish.h"
#include "launcher/job/session.h"
#include "launcher/task/resources.h"

namespace skyrun {

/// One task on its nodes, ready to be started.
struct JobPlan {
  std::string title;            ///< what the person sees of it first; may be empty
  std::string subject = "Job";  ///< what starts and finishes: it, or the task that it is
  Session::Plan session;
  std::vector<std::string> names;  ///< of its nodes, in front of their output; may be empty
  ResourceChoice resources;        ///< what each of its nodes must have
  bool insists = true;             ///< it does not run where they have not
  PlacementWish placement;
};

/// One job of a command: joins its session to the console.
class Job {
 public:
  struct Events {
    /// Of a job that awaits approval, when its nodes have what it asks for.
    std::function<void(const Inventory&)> on_up;
    std::function<void()> on_ended;  ///< every daemon has gone
  };

  Job(EventLoop& loop, Reaper& reaper, Console& console, JobPlan plan, Events events);
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  const JobSpec& spec() const { return spec_; }
  const std::vector<NodeSpec>& nodes() const { return nodes_; }

  void start();

  /// It will not be started, because of another.
  void give_up() { view_.given_up(); }

  /// Its group is over.
  void stop_with_group() {
    view_.stopped_with_group();
    session_.cancel(false);
  }

  bool running() const { return started_ && !ended_; }
  bool ended() const { return ended_; }
  JobState state() const { return view_.state(); }
  int exit_code(bool propagate) const { return view_.exit_code(propagate); }

  Session& session() { return session_; }

 private:
  void on_message(const Message& message);
  void look_at(const Inventory& inventory);
  bool accept(const Inventory& inventory, const NodeMachines& machines);
  void take(const Resources& resources);
  bool take_what_is_there(const Inventory& inventory, const NodeMachines& machines);
  bool seat(const Inventory& inventory, const NodeMachines& machines);
  bool knows_all(const Inventory& inventory, const NodeMachines& machines,
                 const std::string& needed_for);

  Console& console_;
  std::string title_;
  ResourceChoice resources_;
  bool insists_;
  PlacementWish placement_;
  JobSpec spec_;
  std::vector<NodeSpec> nodes_;
  Events events_;
  JobView view_;
  Session session_;
  bool started_ = false;
  bool ended_ = false;
};

}  // namespace skyrun
