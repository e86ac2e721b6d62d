// SPDX-License-Identifier: Apache-2.0
//
// The shepherds of a node, one a job, and a spare one that the first job takes, so that it loses no
// time.
//
//     bring_up()    the spare is started
//     begin(job)    the job has a shepherd here: the spare, or a new one
//     pass(frame)   to the shepherd of its job; where that has none here, it is for other nodes
//     dismiss()     every shepherd is going, or goes now: those that stay are killed
//
// A shepherd goes by itself when it is told that its job is over. Any other end of it is told once,
// with its job: the job is lost here, and no other notices. What it leaves becomes ours and is
// swept; the sweep spares all that belongs to others (shepherd_life.h has the states).
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/event_loop.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "core/result.h"
#include "fabric/stream_peer.h"
#include "node_daemon/shepherd/sweep.h"
#include "node_daemon/shepherd_life.h"
#include "protocol/frame.h"

namespace skyrun {

class Household {
 public:
  /// A warden that was started with the shepherd below it, and the link to that one.
  struct Started {
    pid_t warden = 0;
    Fd link;
  };
  using Start = std::function<Result<Started>()>;

  struct Events {
    std::function<void(Frame, Receipt)> on_frame;  ///< of a shepherd, which may send it
    std::function<void(JobId job)> on_output_end;  ///< no frame of its shepherd comes any more
    std::function<void(JobId job, std::string why)> on_lost;
    std::function<void()> on_gone;  ///< one has gone, and left nothing: is it empty() now?
  };

  /// `others` are children of this process that are no shepherds.
  Household(EventLoop& loop, Reaper& reaper, Start start, Sweep::Spared others, Events events);
  ~Household();
  Household(const Household&) = delete;
  Household& operator=(const Household&) = delete;

  /// How long a shepherd has to go: its grace without us, its sweep, and its last words.
  static constexpr Millis kPatience{12000};

  void bring_up(NodeId self);
  void begin(JobId job);
  void pass(Frame frame, Receipt receipt);

  /// It said what it may not.
  void give_up(JobId job, const std::string& why);

  /// Their jobs are over. `at_once`: nobody has told them so, and their links end.
  void dismiss(bool at_once);

  /// Nobody is here, and nothing that one has left.
  bool empty() const { return members_.empty() && !sweep_.active(); }

 private:
  struct Member;

  Result<Member*> start_member();
  Member* find(JobId job) const;
  void on_frame(Member& member, Frame frame, Receipt receipt);
  void end_output(Member& member);
  void on_link_lost(Member& member, const Loss& loss);
  void on_warden_exit(Member& member, ExitStatus status);
  void give_up(Member& member, const std::string& why);
  void tell_loss(Member& member, const std::string& why);
  void handle(Member& member, ShepherdEvent event);
  void remove(Member& member);
  void tell_not_started();
  std::vector<pid_t> pids() const;

  EventLoop& loop_;
  Reaper& reaper_;
  Start start_;
  Sweep::Spared others_;
  Events events_;
  NodeId self_;
  bool dismissed_ = false;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<std::pair<JobId, std::string>> not_started_;  // to be told in a later turn
  Later tell_not_started_;
  Sweep sweep_;
};

}  // namespace skyrun
