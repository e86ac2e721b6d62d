// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "launcher/job/submission.h"
#include "launcher/options.h"

namespace skyrun {

/// Makes a command's job one of --ranks ranks of its program, as mpirun runs them: executed without
/// a shell, each told by variables who it is. It has no setup, and files only where the command
/// line says so. Ranks start where the command was typed, in --wdir, or in the workdir that was
/// sent.
void make_ranks(Submission::Job& job, const Options& options);

}  // namespace skyrun
