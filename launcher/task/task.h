// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "launcher/task/resources.h"
#include "launcher/task/secret.h"
#include "launcher/task/value.h"

namespace skyrun {

/// A git repository whose files are the workdir.
struct GitSource {
  std::string url;
  std::optional<std::string> ref;  ///< branch, tag or commit

  friend bool operator==(const GitSource&, const GitSource&) = default;
};

/// One entry of `file_mounts`.
struct FileMount {
  enum class Kind {
    local,    ///< a file or directory here, sent to every node
    cloud,    ///< a URL; nothing here fetches it
    storage,  ///< a bucket described by a dict; nothing here mounts it
  };

  Kind kind = Kind::local;
  std::string destination;  ///< as written: relative ones are below ~/sky_workdir
  std::string source;       ///< local: an absolute path; cloud: the URL; storage: empty
  std::string written;      ///< the source as the file has it, for error texts
  Value storage;            ///< storage: the dict
  int line = 0;
};

/// A shell script for when the nodes are about to stop (`config.hooks`).
struct Hook {
  std::string run;
  std::vector<std::string> events;  ///< of stop, preemption, down
  int timeout_seconds = 3600;

  friend bool operator==(const Hook&, const Hook&) = default;
};

/// What to do when the program itself fails (`resources.job_recovery`).
struct JobRecovery {
  std::optional<std::string> strategy;
  int max_restarts_on_errors = 0;
  std::vector<int> recover_on_exit_codes;

  friend bool operator==(const JobRecovery&, const JobRecovery&) = default;
};

/// One SkyPilot task with every default, override and substitution applied: a value that knows
/// nothing of YAML. Paths are absolute; that they exist is what check_local_paths() says.
struct Task {
  std::optional<std::string> name;
  std::optional<std::string> workdir;  ///< absolute path of a local directory
  std::string workdir_written;         ///< the same as the user gave it, for error texts
  std::optional<GitSource> git;        ///< instead of workdir
  int num_nodes = 1;
  ResourceChoice resources;
  std::vector<std::pair<std::string, std::string>> envs;  ///< in the order of the file
  std::vector<std::pair<std::string, Secret>> secrets;    ///< exported like envs, never shown
  std::vector<FileMount> file_mounts;
  std::vector<std::pair<std::string, int>> volumes;  ///< where, and in which line; none is mounted
  std::optional<std::string> setup;
  std::optional<std::string> run;
  std::optional<std::string> event_callback;
  std::vector<Hook> hooks;
  std::optional<JobRecovery> job_recovery;
  Value config;                      ///< overrides of the configuration; null when there are none
  std::vector<std::string> notices;  ///< one line each: what of the file has no effect here
  int line = 1;                      ///< where the task's document begins
  int workdir_line = 0;
};

/// Everything one file (or command line) asks for.
struct TaskFile {
  /// How several tasks relate. A single task is a serial file with one.
  enum class Execution { serial, parallel };

  std::optional<std::string> name;  ///< of the pipeline or job group
  Execution execution = Execution::serial;
  std::vector<std::string> primary_tasks;  ///< parallel: the group ends when these have
  /// parallel: seconds the others get after the primary tasks, by task name; "default" for the
  /// rest.
  std::vector<std::pair<std::string, int>> termination_delays;
  std::vector<Task> tasks;  ///< never empty after loading
  std::vector<std::string> notices;
};

}  // namespace skyrun
