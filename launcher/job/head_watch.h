// SPDX-License-Identifier: Apache-2.0
//
// A head that lives, for its link is not silent, may still not go on. What it owes the client has
// a deadline, where it does not depend on the person's programs:
//
//     its first word       → Placed     the start's timeout, and time for the word
//     StopRanks, a cancel  → JobEnded   the grace time and what the head has for the rest
//     JobEnded             → the end    of all output, since the last of it came
//
// Until its first word the deadline of its start is in force (bringup/child.h); between Placed and
// the end it owes nothing.
#pragma once

#include <functional>
#include <string>

#include "core/event_loop.h"
#include "protocol/rules.h"

namespace skyrun {

class HeadWatch {
 public:
  /// Told once, in words that go after the head's name.
  using Overdue = std::function<void(std::string why)>;

  /// What a head has beside the times that the person sets.
  struct Margins {
    Millis nodes{5000};  ///< its own deadline for the nodes, and a second for others to fail too
    Millis end{15000};   ///< it waits ten seconds for a node's last processes
    Millis rest{20000};  ///< a shepherd that hangs is found out in fifteen
  };

  HeadWatch(EventLoop& loop, Millis start_timeout, Overdue on_overdue, Margins margins);

  /// What the head said.
  void on(const ObserverWord& word);

  /// It was told to end the job, whose ranks have this time.
  void on_cancel(Millis grace);

  void end();

 private:
  enum class Owes { word, nodes, nothing, end, rest };

  void await(Owes what, Millis within);
  std::string words_for(Owes owed) const;
  void on_deadline();

  Millis start_timeout_;
  Margins margins_;
  Overdue on_overdue_;
  Owes owes_ = Owes::word;
  Millis within_{0};
  Timer deadline_;
};

}  // namespace skyrun
