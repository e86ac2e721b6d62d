// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "launcher/job/console.h"
#include "launcher/output/failure_report.h"
#include "launcher/output/sync_text.h"
#include "launcher/output/wait_report.h"
#include "protocol/message.h"

namespace skyrun {

/// What a person sees of a job: turns the head's messages into SkyPilot's lines on the screen, and
/// the job's end into an exit code.
class JobView {
 public:
  /// `subject` is what starts and finishes, "Job" or one of its tasks. `names` are what the nodes
  /// are called in front of their output; "head", "worker1", … without.
  JobView(EventLoop& loop, Console& console, const JobSpec& job, const std::vector<NodeSpec>& nodes,
          std::string subject, std::vector<std::string> names);

  /// The header: what is run, on what.
  void begin(const std::string& entrypoint_line);

  void on(const Progress& progress);
  void on(const Placed& placed);
  void on(const SyncStatus& status) { sync_ = status; }
  void on(const StartStage& start);
  void on(const Output& output);
  void on(const Notice& notice);
  void on(const JobEnded& ended);

  /// It is never begun.
  void given_up();

  /// It is stopped because its group is over, which is no failure.
  void stopped_with_group() { with_group_ = true; }

  /// The head was lost or never came: there is no JobEnded.
  void broken(const std::string& why);

  JobState state() const { return ended_.state; }

  /// Of the process, once the job has ended. `propagate`: the first failing rank's own code.
  int exit_code(bool propagate) const;

 private:
  void look_who_is_late();
  void show_failure(const JobEnded& ended);
  void show_failed_ranks(const RankReport& first, const std::vector<RankReport>& reports);
  void show_end();
  std::string name_of(NodeId node) const;

  Console& console_;
  Screen& screen_;
  const JobSpec& job_;
  const std::vector<NodeSpec>& nodes_;
  std::string subject_;
  std::vector<std::string> names_;
  std::vector<std::string> addresses_;
  SyncStatus sync_;
  std::map<std::string, size_t> notices_;  // how many nodes said so
  bool told_full_ = false;                 // that no more of them are shown
  bool with_group_ = false;
  WaitReport wait_report_;
  Timer look_;
  JobEnded ended_{.state = JobState::failed_driver};
};

}  // namespace skyrun
