// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skyrun {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// The stages of a job, in order, each ended by a barrier over its nodes.
enum class Stage { nodes, sync, setup, run };

const char* to_text(Stage stage);

/// Where a program writes.
enum class Stream : uint8_t { out, err };

/// A program of which a job has so many ranks, executed without a shell.
struct App {
  std::vector<std::string> argv;  ///< argv[0] is looked up on each node, in the ranks' PATH
  Variables variables;            ///< templates (rank_template.h)
  std::string directory;          ///< where its ranks start; empty: in the job's workdir
  bool insists = false;           ///< it must be there; else they start in the home where it is not
  uint32_t ranks = 0;

  friend bool operator==(const App&, const App&) = default;
};

/// A job as its face made it, which nobody changes on its way to the nodes.
struct JobSpec {
  uint64_t id = 0;       ///< SKYPILOT_INTERNAL_JOB_ID
  std::string name;      ///< task name; empty when the task has none
  std::string task_id;   ///< SKYPILOT_TASK_ID: sky-<time>_<cluster>_<id>
  std::string log_name;  ///< its directory below ~/sky_logs: sky-<time>
  std::string group;     ///< the job group it belongs to, whose members it waits for; empty: none
  std::string cluster_info;  ///< SKYPILOT_CLUSTER_INFO, a JSON document
  std::string user;          ///< who launched it
  uint32_t num_nodes = 1;
  Variables envs;
  Variables secrets;
  std::optional<std::string> setup;  ///< bash
  std::optional<std::string> run;    ///< bash: a rank on each node, in their order
  std::vector<App> apps;          ///< or programs: their ranks are numbered one app after another
  bool reports_bindings = false;  ///< every rank of run says what it is bound to
  bool syncs_files = false;       ///< the client will send files before setup
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
