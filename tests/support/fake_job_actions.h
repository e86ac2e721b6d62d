// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "node_daemon/head/job_run.h"

namespace skyrun {

/// Writes down what a JobRun asks for.
struct FakeJobActions : JobActions {
  std::vector<Message> nodes;   ///< to its nodes
  std::vector<Message> client;  ///< to who watches, but for Progress
  std::vector<std::chrono::milliseconds> deadlines;

  void to_nodes(const Message& message) override { nodes.push_back(message); }
  void to_observers(const Message& message) override {
    if (!std::holds_alternative<Progress>(message)) client.push_back(message);
  }
  void set_deadline(std::chrono::milliseconds after) override { deadlines.push_back(after); }

  /// Those to the nodes of one kind.
  template <class Kind>
  std::vector<Kind> told() const {
    std::vector<Kind> found;
    for (const auto& message : nodes) {
      if (const auto* one = std::get_if<Kind>(&message)) found.push_back(*one);
    }
    return found;
  }

  /// Those to the client of one kind.
  template <class Kind>
  std::vector<Kind> shown() const {
    std::vector<Kind> found;
    for (const auto& message : client) {
      if (const auto* one = std::get_if<Kind>(&message)) found.push_back(*one);
    }
    return found;
  }

  /// How it ended; a default one when it has not.
  JobEnded ended() const {
    for (const auto& message : client) {
      if (const auto* one = std::get_if<JobEnded>(&message)) return *one;
    }
    return {.state = JobState::failed_driver, .stage = Stage::nodes, .errors = {"not ended"}};
  }
};

}  // namespace skyrun
