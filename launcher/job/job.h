// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "launcher/job/console.h"
#include "launcher/job/job_view.h"
#include "launcher/job/session.h"
#include "launcher/job/submission.h"

namespace skyrun {

/// One job of a command: joins its session to the console.
class Job {
 public:
  struct Events {
    std::function<void(const Placed&)> on_placed;  ///< it goes on
    std::function<void()> on_ended;                ///< every daemon has gone
  };

  Job(EventLoop& loop, Reaper& reaper, Console& console, Submission::Job asked, Events events);
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  const JobSpec& spec() const { return asked_.spec; }
  const std::vector<NodeSpec>& nodes() const { return asked_.nodes; }

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
  void on_news(const JobNews& news);

  Console& console_;
  Submission::Job asked_;
  Events events_;
  JobView view_;
  Session session_;
  bool started_ = false;
  bool ended_ = false;
};

}  // namespace skyrun
