// SPDX-License-Identifier: Apache-2.0
//
// The states of a job at its head. Each stage ends in a barrier; a stage with nothing to do passes
// its barrier at once. Between nodes and sync the job is held against what its nodes are, a task of
// a job group waits for the others' names, and every node is told the job and says where its files
// can go. Whatever goes wrong leads to stopping, and so does the end of the run: what the programs
// left behind is ended there.
#pragma once

#include <array>

#include "protocol/job_spec.h"

namespace skyrun {

enum class JobPhase {
  connecting,
  placing,
  preparing,
  syncing,
  setting_up,
  running,
  stopping,
  finished
};

enum class JobEvent { barrier, failure, all_quiet };

struct JobStep {
  JobPhase from;
  JobEvent event;
  JobPhase to;
};

constexpr std::array kJobSteps{
    JobStep{JobPhase::connecting, JobEvent::barrier, JobPhase::placing},
    JobStep{JobPhase::placing, JobEvent::barrier, JobPhase::preparing},
    JobStep{JobPhase::preparing, JobEvent::barrier, JobPhase::syncing},
    JobStep{JobPhase::syncing, JobEvent::barrier, JobPhase::setting_up},
    JobStep{JobPhase::setting_up, JobEvent::barrier, JobPhase::running},
    JobStep{JobPhase::running, JobEvent::barrier, JobPhase::stopping},
    JobStep{JobPhase::connecting, JobEvent::failure, JobPhase::stopping},
    JobStep{JobPhase::placing, JobEvent::failure, JobPhase::stopping},
    JobStep{JobPhase::preparing, JobEvent::failure, JobPhase::stopping},
    JobStep{JobPhase::syncing, JobEvent::failure, JobPhase::stopping},
    JobStep{JobPhase::setting_up, JobEvent::failure, JobPhase::stopping},
    JobStep{JobPhase::running, JobEvent::failure, JobPhase::stopping},
    JobStep{JobPhase::stopping, JobEvent::all_quiet, JobPhase::finished},
};

/// The phase after an event; the same phase where the event means nothing.
constexpr JobPhase next(JobPhase phase, JobEvent event) {
  for (const auto& step : kJobSteps) {
    if (step.from == phase && step.event == event) return step.to;
  }
  return phase;
}

static_assert(next(JobPhase::running, JobEvent::failure) == JobPhase::stopping);
static_assert(next(JobPhase::stopping, JobEvent::failure) == JobPhase::stopping);

/// The stage that a phase waits for; phases without one wait for none of the stages' ends.
constexpr Stage stage_of(JobPhase phase) {
  switch (phase) {
    case JobPhase::connecting:
    case JobPhase::placing:
    case JobPhase::preparing:
      return Stage::nodes;
    case JobPhase::syncing:
      return Stage::sync;
    case JobPhase::setting_up:
      return Stage::setup;
    default:
      return Stage::run;
  }
}

}  // namespace skyrun
