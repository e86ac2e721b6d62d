// SPDX-License-Identifier: Apache-2.0
//
// What is said of the nodes of a cluster and their daemons, whatever jobs they have.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/ids.h"
#include "protocol/node_runs.h"

namespace skyrun {

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
  uint32_t slots = 0;         ///< ranks of apps that fit there; 0: as many as it has cores
  /// What the client's ssh_config says of it, for the ssh of another machine: each as after -o.
  std::vector<std::string> ssh_options;

  friend bool operator==(const NodeSpec&, const NodeSpec&) = default;
};

/// How daemons are started, the same for every daemon of a cluster.
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

/// The first message to a daemon: who it is and whom it must start.
struct Bootstrap {
  NodeSpec self;
  LaunchOptions launch;
  uint32_t tree_size = 1;         ///< nodes of the whole cluster, for the tree's arithmetic
  std::vector<NodeSpec> subtree;  ///< all its descendants; empty when another starts them

  friend bool operator==(const Bootstrap&, const Bootstrap&) = default;
};

/// The first message to a shepherd: whose processes it will hold. Which job they are of is said by
/// the frames that follow.
struct Enlist {
  NodeId self;
  friend bool operator==(const Enlist&, const Enlist&) = default;
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

/// Start these nodes yourself; their parents could not. How to is the client's own knowledge.
struct Adopt {
  std::vector<NodeId> nodes;
  std::string why;
  friend bool operator==(const Adopt&, const Adopt&) = default;
};

/// A job begins on these nodes, in the order of its ranks. No other takes what is said to its
/// nodes.
struct Convene {
  JobId job;
  std::vector<NodeRun> nodes;
  friend bool operator==(const Convene&, const Convene&) = default;
};

/// The cluster is taken down: daemons see that nothing of it is left, and go. The client says so,
/// and the head once it has no client.
struct GoHome {
  friend bool operator==(const GoHome&, const GoHome&) = default;
};

}  // namespace skyrun
