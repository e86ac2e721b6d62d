// SPDX-License-Identifier: Apache-2.0
//
// Everything that travels between the client, the daemons and the shepherds, as our own values.
// messages.proto is the same on the wire, codec.h turns one into the other.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/exit_status.h"
#include "protocol/ids.h"
#include "protocol/job_spec.h"

namespace skyrun {

/// Who reads a frame. Everybody else on its way passes it on unread.
enum class To : uint8_t { peer = 0, nodes = 1, head = 2, client = 3 };

/// A node as it must be started.
struct NodeSpec {
  NodeId id;
  std::string host;           ///< name or address as the person wrote it
  std::string user;           ///< empty: ssh decides
  uint16_t port = 0;          ///< 0: ssh decides
  bool local = false;         ///< started by its parent without a launch agent
  std::string home;           ///< home of an embedded node; empty: the account's own
  std::string address;        ///< the best guess of it; that of an embedded node is right
  std::string identity_file;  ///< ssh key of the client's; empty: ssh decides
  bool by_client = false;     ///< the client starts it, wherever its place in the tree is
  /// What the client's ssh_config says of it, for the ssh of another machine: each as after -o.
  std::vector<std::string> ssh_options;

  friend bool operator==(const NodeSpec&, const NodeSpec&) = default;
};

/// How daemons are started, the same for every daemon of a job.
struct LaunchOptions {
  std::vector<std::string> agent{"ssh"};  ///< program and arguments that run a command on a host
  std::vector<std::string> ssh_options;   ///< each as after ssh's -o, before our own
  std::string daemon_path;                ///< skyrund on every node
  uint32_t arity = 8;                     ///< of the tree
  std::chrono::milliseconds start_timeout{60000};
  std::chrono::milliseconds lease{5000};  ///< how long a link may be silent
  bool wants_machines = false;  ///< every daemon looks what its node consists of before its hello
  std::string interface;        ///< whose address a node is known by: a name or CIDR; empty: chosen

  friend bool operator==(const LaunchOptions&, const LaunchOptions&) = default;
};

// To::peer, parent to child.

/// The first message to a daemon: who it is and whom it must start.
struct Bootstrap {
  NodeSpec self;
  LaunchOptions launch;
  uint32_t tree_size = 1;         ///< nodes of the whole job, for the tree's arithmetic
  std::vector<NodeSpec> subtree;  ///< all its descendants; empty when another starts them

  friend bool operator==(const Bootstrap&, const Bootstrap&) = default;
};

// To::nodes, from the head or the client to every node.

/// The job and its nodes: addresses[i] is that of node i.
struct Prepare {
  JobSpec job;
  std::vector<std::string> addresses;
  friend bool operator==(const Prepare&, const Prepare&) = default;
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

struct StartStage {
  Stage stage = Stage::run;
  bool own_workdir = false;  ///< another job has ~/sky_workdir on one of the nodes
  friend bool operator==(const StartStage&, const StartStage&) = default;
};

/// A signal for every rank, as it came to the client.
struct SignalRanks {
  int signo = 0;
  friend bool operator==(const SignalRanks&, const SignalRanks&) = default;
};

/// End every process of the job: SIGTERM, and SIGKILL after the grace time.
struct StopRanks {
  std::chrono::milliseconds grace{0};
  friend bool operator==(const StopRanks&, const StopRanks&) = default;
};

/// The job is over: daemons see that nothing of it is left, and go.
struct Finish {
  friend bool operator==(const Finish&, const Finish&) = default;
};

// To::head.

/// The client's job. First message to the head after its bootstrap.
struct Submit {
  JobSpec job;
  std::vector<NodeSpec> nodes;
  bool may_adopt = false;  ///< the client starts the nodes that their parent cannot
  friend bool operator==(const Submit&, const Submit&) = default;
};

/// An address of a node's interface that other nodes may reach it by.
struct NodeAddress {
  std::string interface;
  std::string address;  ///< numeric
  uint32_t prefix = 0;  ///< bits of its network
  friend bool operator==(const NodeAddress&, const NodeAddress&) = default;
};

/// What a node has that its like need not have.
struct NodeFacts {
  std::string hostname;
  std::string address;
  std::vector<NodeAddress> addresses;  ///< all that it has, without loopback and link-local ones
  std::string reached_from;            ///< its starter's address, as its ssh server saw it
  uint32_t cpus = 0;                   ///< that its processes may use
  uint64_t memory_bytes = 0;           ///< of the machine
  std::vector<std::string> gpu_uuids;  ///< of the machine's GPUs, in their order; "": not known
  std::string why_no_machine;          ///< it was to look what it consists of, and could not
  friend bool operator==(const NodeFacts&, const NodeFacts&) = default;
};

/// A daemon is up.
struct Hello {
  NodeId node;
  NodeFacts facts;
  std::string machine;  ///< what it consists of, as topology/machine_wire.h reads it; may be empty
  friend bool operator==(const Hello&, const Hello&) = default;
};

/// How far the start of a daemon came.
enum class StartPhase { connecting, starting, greeting };

const char* to_text(StartPhase phase);

/// A daemon could not be started. Its subtree was not tried.
struct StartFailed {
  NodeId node;
  NodeId by;             ///< who tried: a node, or kClient
  bool refused = false;  ///< the launch agent gave up by itself: another starter may fare better
  StartPhase phase = StartPhase::connecting;
  std::string why;     ///< one line, with the launch agent's own words
  std::string advice;  ///< one line: what to do about it, where it was tried; may be empty
  friend bool operator==(const StartFailed&, const StartFailed&) = default;
};

/// "connecting from h0: why; advice". `from` is the host that tried, empty for the client's.
std::string to_text(const StartFailed& failed, const std::string& from);

/// The link to a daemon that was up has ended. Its subtree is lost with it.
struct NodeLost {
  NodeId node;
  std::string why;
  friend bool operator==(const NodeLost&, const NodeLost&) = default;
};

/// The answer to Prepare: the node has the job's directories, or why not.
struct Prepared {
  NodeId node;
  bool workdir_taken = false;  ///< a job that runs there has ~/sky_workdir
  std::string error;
  friend bool operator==(const Prepared&, const Prepared&) = default;
};

/// A node has ended a stage: with a process's status, or without one (sync), or in error.
struct StageEnded {
  NodeId node;
  Stage stage = Stage::run;
  uint32_t pid = 0;
  ExitStatus status;
  bool stopped = false;  ///< it ended after it was told to stop
  std::string error;     ///< not empty: what went wrong outside the user's program
  friend bool operator==(const StageEnded&, const StageEnded&) = default;
};

/// How much of the file stream the node has taken, from its start: what is sent is no more than a
/// window ahead of the slowest node, so that nobody on the way keeps more of it.
struct SyncTaken {
  NodeId node;
  uint64_t bytes = 0;
  friend bool operator==(const SyncTaken&, const SyncTaken&) = default;
};

/// No process of the job is left on the node.
struct NodeQuiet {
  NodeId node;
  friend bool operator==(const NodeQuiet&, const NodeQuiet&) = default;
};

/// The client's answer to Inventory: the job as it is to be run on these nodes.
struct Approve {
  JobSpec job;
  friend bool operator==(const Approve&, const Approve&) = default;
};

/// The client wants the job to end.
struct Cancel {
  bool at_once = false;             ///< SIGKILL now
  std::vector<std::string> errors;  ///< why the client cannot go on; none when the person wants it
  friend bool operator==(const Cancel&, const Cancel&) = default;
};

// To::client.

/// Start these nodes yourself; their parents could not. How to is the client's own knowledge.
struct Adopt {
  std::vector<NodeId> nodes;
  std::string why;
  friend bool operator==(const Adopt&, const Adopt&) = default;
};

/// All nodes are up, and the job asked to be shown what they are. facts[i] are those of node i, and
/// machines[machine_of[i]] is what it consists of; equal nodes share one.
struct Inventory {
  std::vector<NodeFacts> facts;
  std::vector<std::string> machines;
  std::vector<uint32_t> machine_of;  ///< as many as facts, or none: nobody looked
  friend bool operator==(const Inventory&, const Inventory&) = default;
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
  friend bool operator==(const Output&, const Output&) = default;
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

using Message =
    std::variant<Bootstrap, Prepare, SyncBegin, SyncBlock, StartStage, SignalRanks, StopRanks,
                 Finish, Submit, Hello, StartFailed, NodeLost, Prepared, StageEnded, SyncTaken,
                 NodeQuiet, Approve, Cancel, Adopt, Inventory, Progress, Output, Notice, JobEnded>;

/// Who reads a message of this kind, as the table in authority.cpp says.
To recipient(const Message& message);

}  // namespace skyrun
