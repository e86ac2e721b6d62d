// SPDX-License-Identifier: Apache-2.0
//
// The client's side of one job: it starts the head (and, where their parents cannot, other nodes),
// submits the job, sends the files when the head begins the sync stage, passes frames between the
// head and the nodes that it started itself, and tells its view what happens.
//
//     start() → on_news(Placed, Progress …), on_output … → on_news(JobEnded) → on_closed()
//
// How a job ended is known before its last lines are here, for output has less right of way. It is
// told behind them, when every node has said that it has no more (OutputEnds), and that is when the
// cluster is taken down.
//
// What comes from nodes is not believed before it is looked at (Hearing), and no node
// can have anything started here but what the submission says of the job's own nodes.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bringup/branches.h"
#include "bringup/start_forest.h"
#include "core/event_loop.h"
#include "core/reaper.h"
#include "fabric/router.h"
#include "launcher/job/file_sender.h"
#include "launcher/job/head_watch.h"
#include "launcher/job/hearing.h"
#include "launcher/job/output_ends.h"
#include "launcher/job/submission.h"
#include "protocol/message.h"

namespace skyrun {

/// What there is to see of a job.
using JobNews = std::variant<Placed, StartStage, Progress, Notice, JobEnded>;

class Session {
 public:
  struct Events {
    std::function<void(const JobNews&)> on_news;
    /// The receipt is held as long as the screen is full.
    std::function<void(const Output&, Receipt)> on_output;
    std::function<bool()> is_screen_full;
    std::function<void(const SyncStatus&)> on_sync;  ///< before the Progress that it belongs to
    std::function<void(std::string)> on_notice;
    std::function<void(std::string)> on_error;  ///< the job cannot go on; on_closed follows
    std::function<void()> on_abandoned;  ///< cancelled before the head was up; on_closed follows
    std::function<void()> on_closed;     ///< every daemon has gone
  };

  /// `reaper` collects the children of the whole process.
  Session(EventLoop& loop, Reaper& reaper, Submission::Job job, Events events);

  void start();

  /// The answer to Placed, with which a job of a group goes on: the hosts(5) lines of its members.
  void introduce(std::string etc_hosts);

  /// Ends the job because of something that only the client sees.
  void refuse(std::vector<std::string> why);

  /// Asks the head to end the job; at once when the person insists.
  void cancel(bool at_once);
  void signal_ranks(int signo);

 private:
  struct Ear;

  void on_frame(NodeId from, const Frame& frame, const Receipt& receipt);
  void pass_on(const Course& course, const Frame& frame, const Receipt& receipt);
  void on(const Prepare&) {}  // passed on to the nodes that are ours, as JobOver is
  void on(const StartStage& start);
  void on(const StopRanks& stop);
  void on(const JobOver&) {}
  void on(const Convene& convene);
  void on(const Adopt& request);
  void on(const Placed& placed);
  void on(const Progress& progress);
  void on_output(const Output& output, Receipt receipt);
  void on_output_end(NodeId node, NodeId speaker);
  void on(const Notice& notice);
  void on(JobEnded ended);
  void on_start_failed(StartFailed failed);
  void on_lost(NodeId node, const std::string& why);
  void on_head_overdue(const std::string& why);
  void start_node(NodeSpec node, std::vector<NodeSpec> subtree);
  void to_nodes(const Message& message, const Receipt& receipt = nullptr);
  void send_block(std::string bytes);
  void to_head(const Message& message);
  void begin_sync();
  void end_when_all_is_here();
  void say_how_it_ended();
  void end_without_the_rest(const std::string& why);
  void fail_with_head(const std::string& why);
  void fail(const std::string& why);
  void close();

  EventLoop& loop_;
  Submission::Job job_;
  StartForest forest_;
  Events events_;
  Router router_{kClient};
  OutputEnds outputs_;
  size_t unsent_ = 0;  // bytes of files
  std::unique_ptr<FileSender> files_;
  Branches branches_;
  Hearing hearing_;
  HeadWatch head_watch_;
  std::optional<JobEnded> ended_;  // the head has said how
  bool told_ = false;              // the person has been told
  bool closing_ = false;
};

}  // namespace skyrun
