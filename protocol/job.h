// SPDX-License-Identifier: Apache-2.0
//
// How a job is run: what is said between its client, its head and its shepherds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/exit_status.h"
#include "protocol/cluster.h"
#include "protocol/ids.h"
#include "protocol/job_spec.h"
#include "protocol/job_wishes.h"
#include "protocol/seats.h"

namespace skyrun {

// From the client.

/// The client's job, and what it asks of its nodes. First message to the head after its bootstrap.
struct Submit {
  JobSpec job;
  JobWishes wishes;
  std::vector<NodeSpec> nodes;
  bool may_adopt = false;  ///< the client starts the nodes that their parent cannot
  friend bool operator==(const Submit&, const Submit&) = default;
};

/// To a job of a group, which waits for it: the members of the group as lines of hosts(5).
struct Introduce {
  std::string etc_hosts;
  friend bool operator==(const Introduce&, const Introduce&) = default;
};

/// The client wants the job to end.
struct Cancel {
  bool at_once = false;             ///< SIGKILL now
  std::vector<std::string> errors;  ///< why the client cannot go on; none when the person wants it
  friend bool operator==(const Cancel&, const Cancel&) = default;
};

/// A signal for every rank, as it came to the client.
struct SignalRanks {
  int signo = 0;
  friend bool operator==(const SignalRanks&, const SignalRanks&) = default;
};

/// Files come: mount i of the stream goes to destinations[i], as written in the task.
struct SyncBegin {
  std::vector<std::string> destinations;
  friend bool operator==(const SyncBegin&, const SyncBegin&) = default;
};

/// The next bytes of the compressed tar stream; an empty block ends it.
struct SyncBlock {
  std::string bytes;
  friend bool operator==(const SyncBlock&, const SyncBlock&) = default;
};

/// So many bytes more of the file stream have been sent to every node; none: that was all.
struct SyncSent {
  uint64_t bytes = 0;
  friend bool operator==(const SyncSent&, const SyncSent&) = default;
};

// From the head to every node of the job.

/// The job, its nodes and its seats: addresses[i] is that of node i.
struct Prepare {
  JobSpec job;
  std::vector<std::string> addresses;
  JobSeats seats;
  std::string etc_hosts;  ///< lines of hosts(5) that the job's programs shall see
  friend bool operator==(const Prepare&, const Prepare&) = default;
};

struct StartStage {
  Stage stage = Stage::run;
  bool own_workdir = false;  ///< another job has ~/sky_workdir on one of the nodes
  friend bool operator==(const StartStage&, const StartStage&) = default;
};

/// End every process of the job: SIGTERM, and SIGKILL after the grace time.
struct StopRanks {
  std::chrono::milliseconds grace{0};
  friend bool operator==(const StopRanks&, const StopRanks&) = default;
};

/// The job is over: its shepherds end what is left of it, and go.
struct JobOver {
  friend bool operator==(const JobOver&, const JobOver&) = default;
};

// From a node to the head.

/// The answer to Prepare: the node has the job's directories, or why not.
struct Prepared {
  NodeId node;
  bool workdir_taken = false;  ///< a job that runs there has ~/sky_workdir
  std::string error;
  friend bool operator==(const Prepared&, const Prepared&) = default;
};

/// How some ranks of an app that follow one another on a node have ended: equal ends are one.
struct RankEnd {
  LocalRank first;
  uint32_t count = 1;
  uint32_t pid = 0;  ///< of a single one; 0: of several, or it was not started
  ExitStatus status;
  bool stopped = false;  ///< after they were told to stop
  std::string error;     ///< why they were not started
  friend bool operator==(const RankEnd&, const RankEnd&) = default;
};

/// A node has ended a stage: with a process's status, or without one (sync), or in error. Of apps
/// it is said at once when a rank has failed, and again when more have ended, until none is left.
struct StageEnded {
  NodeId node;
  Stage stage = Stage::run;
  uint32_t pid = 0;
  ExitStatus status;
  bool stopped = false;        ///< it ended after it was told to stop
  std::string error;           ///< not empty: what went wrong outside the user's program
  std::vector<RankEnd> ranks;  ///< of apps: those that have ended since it was last said
  uint32_t left = 0;           ///< of apps: those that go on
  friend bool operator==(const StageEnded&, const StageEnded&) = default;
};

/// How much of the file stream the node has taken, from its start: what is sent is no more than a
/// window ahead of the slowest node, so that nobody on the way keeps more of it.
struct SyncTaken {
  NodeId node;
  uint64_t bytes = 0;
  friend bool operator==(const SyncTaken&, const SyncTaken&) = default;
};

/// The job's shepherd on the node has ended, or could not be started; its processes there end too.
struct ShepherdLost {
  NodeId node;
  std::string why;
  friend bool operator==(const ShepherdLost&, const ShepherdLost&) = default;
};

/// No process of the job is left on the node.
struct NodeQuiet {
  NodeId node;
  friend bool operator==(const NodeQuiet&, const NodeQuiet&) = default;
};

}  // namespace skyrun
