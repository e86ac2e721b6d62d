// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.h"
#include "core/exit_status.h"
#include "core/fd.h"
#include "core/reaper.h"
#include "fabric/stream_link.h"
#include "protocol/message.h"

namespace skyrun {

/// One daemon that this process starts: the launch agent's process, the stream link over its
/// standard streams, and the last words on its standard error.
///
///     start() → connecting → starting (the remote shell answers) → linked (the greeting came)
///
/// Before it is linked its end is on_start_failed, after it on_lost; either comes once, when both
/// the process and the link have ended or had a second to. A start that failed for a passing
/// reason is tried again, three times in all. After close() only on_gone comes.
class Child {
 public:
  struct Events {
    std::function<void(Frame)> on_frame;
    std::function<void()> on_linked;
    std::function<void(StartFailed)> on_start_failed;
    std::function<void(std::string why)> on_lost;
    std::function<void()> on_gone;  ///< its process has ended and was collected
    std::function<void()> on_drained;
  };

  Child(EventLoop& loop, Reaper& reaper, Bootstrap bootstrap, Events events);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void start();

  const NodeSpec& node() const { return bootstrap_.self; }
  const std::vector<NodeSpec>& subtree() const { return bootstrap_.subtree; }
  bool linked() const { return linked_; }
  bool gone() const { return pid_ == 0; }
  pid_t pid() const { return pid_; }
  Link* link() { return link_.get(); }

  /// What is sent before it is linked is sent again when its start is tried again.
  void send(const Frame& frame);

  /// Ends the link; the daemon sees that and goes.
  void close();
  /// Ends the launch agent's process at once.
  void kill();
  /// Gives up a start that takes too long: on_start_failed says how far it came.
  void give_up(Millis after);

 private:
  void spawn_agent();
  void open_link(Fd stream);
  void on_greeting(const std::string& build);
  void on_link_lost(std::string why);
  void on_exit(ExitStatus status);
  void on_linger();
  void read_words();
  void conclude();
  void fail(bool refused, std::string why);
  bool try_again();
  std::string last_words() const;
  StartPhase phase() const;

  EventLoop& loop_;
  Reaper& reaper_;
  Bootstrap bootstrap_;
  Events events_;
  pid_t pid_ = 0;
  int attempts_ = 0;
  bool linked_ = false;
  bool concluded_ = false;
  bool closed_ = false;
  std::optional<ExitStatus> exit_;
  std::string link_loss_;
  std::string words_;  // of standard error, the last 4 KiB
  std::string noise_;  // of standard output before the greeting
  bool shell_reached_ = false;
  Fd stderr_;
  std::unique_ptr<StreamLink> link_;
  std::vector<Frame> opening_;  // what was sent before it was linked
  std::optional<FdWatch> stderr_watch_;
  Timer linger_;  // the time one of process and link has to end after the other
  Timer retry_;
};

}  // namespace skyrun
