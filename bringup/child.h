// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bringup/child_state.h"
#include "bringup/launch_command.h"
#include "bringup/start_failure.h"
#include "bringup/starter.h"
#include "core/event_loop.h"
#include "core/exit_status.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "fabric/peer.h"
#include "fabric/stream_link.h"
#include "protocol/message.h"

namespace skyrun {

/// One daemon that this process starts: the peer that it is, the launch agent's process, the stream
/// link over its standard streams, and the last words on its standard error. Its states are a table
/// (child_state.h).
///
/// Until it is up its start has a deadline. Its end is told when both the process and the link have
/// ended or had a second to.
class Child : public Branch {
 public:
  /// The start's deadline is `patience` from now.
  Child(EventLoop& loop, Reaper& reaper, Bootstrap bootstrap, Millis patience, Events events);
  ~Child() override;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// False when its deadline has passed already.
  bool start();

  NodeId id() const override { return node().id; }
  bool linked() const override { return is_linked(state_); }
  bool up() const override { return state_ == ChildState::up; }
  pid_t pid() const override { return pid_; }
  /// What was sent before the greeting is sent again when its start is tried again.
  void send(Frame frame, Receipt receipt) override;
  void close() override;
  void kill() override;

 private:
  /// One run of the launch agent, and what is known of its end.
  struct Attempt {
    std::optional<ExitStatus> exit;
    std::optional<Loss> loss;  // of its link
    std::string words;         // of standard error, the last 4 KiB
    std::string noise;         // of standard output before the greeting
    bool shell_reached = false;
  };

  const NodeSpec& node() const { return bootstrap_.self; }
  bool step(ChildEvent event);
  bool ended() const { return has_ended(state_); }
  std::vector<std::string> command_line() const;
  void spawn_agent();
  void open_link(Fd stream);
  void drop_link();
  void on_greeting(const std::string& build);
  void on_frame(Frame frame, Receipt receipt);
  void on_violation(std::string what);
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
  Peer peer_;  // the daemon, by whichever attempt
  std::unique_ptr<StreamLink> link_;
  std::optional<FdWatch> stderr_watch_;
  Timer linger_;  // the time one of process and link has to end after the other
  Timer retry_;
  Timer deadline_;
  Later tell_failure_, tell_gone_;
};

}  // namespace skyrun
