// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bringup/child_state.h"
#include "bringup/launch_command.h"
#include "bringup/start_failure.h"
#include "core/event_loop.h"
#include "core/exit_status.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "fabric/stream_link.h"
#include "protocol/message.h"

namespace skyrun {

/// One daemon that this process starts: the launch agent's process, the stream link over its
/// standard streams, and the last words on its standard error. Its states are a table
/// (child_state.h).
///
/// Until it is up its start has a deadline. Its end is told once, when both the process and the
/// link have ended or had a second to: on_start_failed before the greeting, and where the deadline
/// passed; on_lost after it. From then on it is over, and only on_gone comes; so too after close(),
/// which takes back what is not told yet. Nothing comes once it is destroyed, which must not happen
/// in one of its own callbacks.
class Child {
 public:
  struct Events {
    std::function<void(Frame)> on_frame;
    std::function<void()> on_greeted;
    std::function<void(StartFailed)> on_start_failed;
    std::function<void(std::string why)> on_lost;
    std::function<void()> on_gone;  ///< its process has ended and was collected
    std::function<void()> on_drained;
  };

  /// The start's deadline is `patience` from now.
  Child(EventLoop& loop, Reaper& reaper, Bootstrap bootstrap, Millis patience, Events events);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// False when its deadline has passed already.
  bool start();

  const NodeSpec& node() const { return bootstrap_.self; }
  const std::vector<NodeSpec>& subtree() const { return bootstrap_.subtree; }
  /// Has its daemon greeted, and is not over?
  bool linked() const { return is_linked(state_); }
  /// Has its daemon said anything?
  bool up() const { return state_ == ChildState::up; }
  bool gone() const { return pid_ == 0; }
  pid_t pid() const { return pid_; }
  Link* link() { return link_.get(); }

  /// What is sent before the greeting is sent again when its start is tried again.
  void send(const Frame& frame);

  /// Ends the link; the daemon sees that and goes.
  void close();
  /// Ends the launch agent's process at once.
  void kill();

 private:
  /// One run of the launch agent, and what is known of its end.
  struct Attempt {
    std::optional<ExitStatus> exit;
    std::optional<Loss> loss;  // of its link
    std::string words;         // of standard error, the last 4 KiB
    std::string noise;         // of standard output before the greeting
    bool shell_reached = false;
  };

  bool step(ChildEvent event);
  bool ended() const { return has_ended(state_); }
  std::vector<std::string> command_line() const;
  void spawn_agent();
  void open_link(Fd stream);
  void drop_link();
  void on_greeting(const std::string& build);
  void on_frame(Frame frame);
  void on_link_lost(Loss loss);
  void on_exit(ExitStatus status);
  void on_linger();
  void on_deadline();
  void read_words();
  void read_last_words();
  void read_noise();
  void conclude();
  void fail(bool refused, std::string why, std::string advice = "");
  bool try_again(const StartFailure& failure);
  std::string last_words() const;
  StartPhase phase() const;

  EventLoop& loop_;
  Reaper& reaper_;
  Bootstrap bootstrap_;
  Millis patience_;
  Events events_;
  ChildState state_ = ChildState::idle;
  pid_t pid_ = 0;  // of the launch agent; 0: none runs
  int attempts_ = 0;
  KeyExchange exchange_ = KeyExchange::fast;
  Attempt attempt_;                     // the present one
  std::optional<StartFailed> failure_;  // to be told
  Fd stderr_;
  std::unique_ptr<StreamLink> link_;
  std::vector<Frame> opening_;  // what was sent before the greeting
  std::optional<FdWatch> stderr_watch_;
  Timer linger_;  // the time one of process and link has to end after the other
  Timer retry_;
  Timer deadline_;
  Later tell_failure_, tell_gone_;
};

}  // namespace skyrun
