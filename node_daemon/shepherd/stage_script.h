// SPDX-License-Identifier: Apache-2.0
//
// What bash reads of a stage: SkyPilot's wrapper (log_lib.py, make_task_bash_script) in two files.
// The first stands in for ~/.bashrc: it reads that, once, and does what else the wrapper does
// before the user's commands. The second is the commands to the letter, so that bash counts their
// lines.
//
// Both are in memory: they hold the job's secrets, and no end of any process leaves them anywhere.
// The last act of the first is to empty itself, which proves that the shell came past ~/.bashrc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/fd.h"
#include "core/result.h"
#include "protocol/job_spec.h"

namespace skyrun {

class StageScript {
 public:
  /// How the shell and what it starts can open the files again.
  enum class Reach {
    through_us,  ///< nobody inherits them
    inherited    ///< in a user namespace of its own, from where we are out of reach
  };

  /// The commands start in `workdir`, which is below the home.
  static Result<StageScript> write(Stage stage, const Variables& exports, std::string_view commands,
                                   const std::string& workdir, Reach reach);

  /// Interactive, so that ~/.bashrc is not skipped by its test for that. There is no `set -e`: the
  /// last command's exit code is the stage's.
  std::vector<std::string> argv() const;

  /// The descriptors to be inherited.
  std::vector<int> inherited() const;

  /// Has the shell come to the first of the commands?
  bool begun() const;

 private:
  std::string path_of(const Fd& fd) const;

  Reach reach_ = Reach::through_us;
  Fd startup_;
  Fd commands_;
};

/// The first file; `self` is its path.
std::string startup_text(const Variables& exports, const std::string& workdir,
                         const std::string& self);

}  // namespace skyrun
