// SPDX-License-Identifier: Apache-2.0
//
// What is said to whoever watches a job.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/exit_status.h"
#include "protocol/cluster.h"
#include "protocol/ids.h"
#include "protocol/job_spec.h"

namespace skyrun {

/// All nodes are up, and the job has its place on them; or it is refused one, and JobEnded says
/// why.
struct Placed {
  std::vector<std::string> addresses;  ///< addresses[i] is that of node i
  bool refused = false;
  std::vector<std::string> notices;  ///< what the person should know of it, a line each
  std::string map;                   ///< where its ranks sit, in lines, where that is wished for
  friend bool operator==(const Placed&, const Placed&) = default;
};

/// How far a stage is. `late` names some of the nodes that have not ended it; in sync the slowest
/// first.
struct Progress {
  Stage stage = Stage::nodes;
  uint32_t done = 0;
  uint32_t total = 0;
  std::vector<std::string> late;
  uint64_t taken = 0;  ///< sync: bytes of the file stream that every node has taken
  friend bool operator==(const Progress&, const Progress&) = default;
};

/// Whole pieces of what a node's program of the stage wrote.
struct Output {
  NodeId node;
  Stage stage = Stage::run;
  uint32_t pid = 0;
  std::string bytes;
  Rank rank;
  Stream stream = Stream::out;  ///< err: of an app, which keeps them apart
  friend bool operator==(const Output&, const Output&) = default;
};

/// Behind the last Output of a node: said by itself when its shepherd has gone, and of a node whose
/// link has ended by who started it, for all that hang below it too. The head says so of nodes that
/// never came up.
struct OutputEnd {
  NodeId node;
  friend bool operator==(const OutputEnd&, const OutputEnd&) = default;
};

/// What the person should know of a node's part in the job, which goes on.
struct Notice {
  NodeId node;
  std::string text;
  friend bool operator==(const Notice&, const Notice&) = default;
};

enum class JobState { succeeded, failed, failed_setup, failed_driver, cancelled };

/// As SkyPilot names it: SUCCEEDED, FAILED, …
const char* to_text(JobState state);

/// What became of one rank of the stage that decided the job.
struct RankOutcome {
  Rank rank;
  NodeId node;
  uint32_t pid = 0;
  ExitStatus status;
  bool started = false;
  bool stopped = false;  ///< ended because we stopped it
  bool lost = false;     ///< its node was lost
  bool first = false;    ///< the first that failed
  friend bool operator==(const RankOutcome&, const RankOutcome&) = default;
};

struct JobEnded {
  JobState state = JobState::succeeded;
  Stage stage = Stage::run;  ///< the stage that decided it
  std::vector<RankOutcome> ranks;
  std::vector<std::string> errors;  ///< one line each: what went wrong outside the user's programs
  friend bool operator==(const JobEnded&, const JobEnded&) = default;
};

}  // namespace skyrun
