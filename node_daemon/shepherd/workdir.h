// SPDX-License-Identifier: Apache-2.0
//
// Whose ~/sky_workdir it is. A shepherd claims it for its job when the job is prepared, by a lock
// on
// ~/.skyrun/workdir.lock that it holds until it ends, however it ends:
//
//     byte 0       shared: by the shepherds of the job that the file names, one a node where nodes
//                  share the home. Whoever has it alone, because nobody uses the workdir, writes
//                  his job's name and then shares it
//     another      alone: by the first of a job's shepherds in this home, which writes the files
//                  there for all of them. Which byte is decided by the job's name
//
// A job that finds it claimed on any of its nodes has a workdir of its own on all of them, below
// its logs: use_own(). Where the file system has no locks every job has ~/sky_workdir, and every
// node writes.
#pragma once

#include <string>

#include "core/fd.h"
#include "core/result.h"
#include "protocol/job_spec.h"

namespace skyrun {

class Workdir {
 public:
  /// ~/.skyrun is there. Waits for half a second at the most, for another that is about to claim
  /// it.
  static Result<Workdir> claim(const JobSpec& job, std::string home);

  bool taken() const { return taken_; }

  /// Files that are the same for all nodes in this home are written by this one.
  bool writes_home() const { return writes_home_; }

  /// Leaves ~/sky_workdir to others.
  void use_own();

  /// Makes the one in use, where it is missing.
  Result<void> make() const;

  std::string path() const { return home_ + '/' + relative_; }
  const std::string& below_home() const { return relative_; }  ///< `~/` goes before it

 private:
  Workdir() = default;

  std::string home_;
  std::string relative_ = "sky_workdir";
  std::string own_;
  bool taken_ = false;
  bool writes_home_ = true;
  Fd use_;    ///< of byte 0
  Fd write_;  ///< of the job's byte
};

}  // namespace skyrun
