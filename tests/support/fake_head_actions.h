// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "node_daemon/head/head.h"

namespace skyrun {

/// Writes down what goes out of a head, in a line each: who is told what of which job. Progress is
/// left out.
struct FakeHeadActions : HeadActions {
  std::vector<std::string> out;
  std::map<JobId, std::chrono::milliseconds> deadlines;

  void to_nodes(JobId job, const Message& message) override {
    std::string whom = " nodes";
    if (const auto* convene = std::get_if<Convene>(&message)) {
      job = convene->job;
      for (const auto& run : convene->nodes)
        whom += " " + std::to_string(run.first.value) + "+" + std::to_string(run.count);
    }
    note(job, whom, message);
  }
  void to_client(JobId job, const Message& message) override {
    if (!std::holds_alternative<Progress>(message)) note(job, " client", message);
  }
  void set_deadline(JobId job, std::chrono::milliseconds after) override { deadlines[job] = after; }
  void drop_deadline(JobId job) override { deadlines.erase(job); }
  void go_home() override { out.emplace_back("go home"); }

  void note(JobId job, const std::string& whom, const Message& message) {
    out.push_back("j" + std::to_string(job.value) + whom + " " + rule_of(message).name);
  }

  /// What went out since this was asked last.
  std::vector<std::string> said() { return std::exchange(out, {}); }
};

}  // namespace skyrun
