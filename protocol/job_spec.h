// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/rank_map.h"

namespace skyrun {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// The stages of a job, in order, each ended by a barrier over its nodes.
enum class Stage { nodes, sync, setup, run };

const char* to_text(Stage stage);

/// Where a program writes.
enum class Stream : uint8_t { out, err };

/// What a rank has of its node.
struct RankSeat {
  std::vector<uint32_t> cpus;    ///< it is bound to these; empty: not bound
  std::optional<uint32_t> numa;  ///< whose memory it prefers
  Variables variables;           ///< which GPUs it sees
  Variables defaults;            ///< where the node's environment has none: threads, one a core

  friend bool operator==(const RankSeat&, const RankSeat&) = default;
};

/// A program of which a job has so many ranks, executed without a shell.
struct App {
  std::vector<std::string> argv;  ///< argv[0] is looked up on each node, in the ranks' PATH
  Variables variables;            ///< templates (rank_template.h)
  std::string directory;          ///< where its ranks start; empty: in the job's workdir
  bool insists = false;           ///< it must be there; else they start in the home where it is not
  uint32_t ranks = 0;

  friend bool operator==(const App&, const App&) = default;
};

/// A job as it is submitted: everything the nodes need to know to run it.
struct JobSpec {
  uint64_t id = 0;           ///< SKYPILOT_INTERNAL_JOB_ID
  std::string name;          ///< task name; empty when the task has none
  std::string task_id;       ///< SKYPILOT_TASK_ID: sky-<time>_<cluster>_<id>
  std::string log_name;      ///< its directory below ~/sky_logs: sky-<time>
  std::string group;         ///< the job group it belongs to; empty: none
  std::string cluster_info;  ///< SKYPILOT_CLUSTER_INFO, a JSON document
  std::string user;          ///< who launched it
  uint32_t num_nodes = 1;
  uint32_t num_gpus = 0;             ///< accelerators per node as asked, rounded up; TPUs count
  bool gpus_are_schedulable = true;  ///< false for TPUs and the like: run says 0 GPUs
  Variables envs;
  Variables secrets;
  std::optional<std::string> setup;  ///< bash
  std::optional<std::string> run;    ///< bash: a rank on each node, in their order
  std::vector<App> apps;         ///< or programs: their ranks are numbered one app after another
  RankMap ranks;                 ///< of the apps, once they are placed
  bool awaits_approval = false;  ///< the client wants to see the nodes before anything happens
  std::string etc_hosts;         ///< lines of hosts(5) that its programs shall see
  std::vector<RankSeat> seats;
  /// seats[seat_of[i] + k] is that of local rank k on node i in run; empty: none has one.
  std::vector<uint32_t> seat_of;
  bool reports_bindings = false;           ///< every rank of run says what it is bound to
  bool syncs_files = false;                ///< the client will send files before setup
  std::chrono::milliseconds grace{30000};  ///< between SIGTERM and SIGKILL
  /// How long a stage whose shell has ended waits for what still holds its output open.
  std::chrono::milliseconds linger{86400000};
  /// How long a node may take none of the files that were sent to it; 0: for ever.
  std::chrono::milliseconds sync_timeout{120000};

  friend bool operator==(const JobSpec&, const JobSpec&) = default;
};

/// Where people look for a job's logs by its number, below a home: sky_logs/<id>-<name>.
std::string logs_link(const JobSpec& job, const std::string& home);

}  // namespace skyrun
