// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/rank_submission.h"

#include <utility>

namespace skyrun {
namespace {

/// Templates (protocol/rank_template.h).
Variables who_it_is() {
  return {{"SKYRUN_RANK", "%{rank}"},
          {"SKYRUN_SIZE", "%{size}"},
          {"SKYRUN_LOCAL_RANK", "%{local_rank}"},
          {"SKYRUN_LOCAL_SIZE", "%{local_size}"},
          {"SKYPILOT_NODE_RANK", "%{node}"},
          {"SKYPILOT_NUM_NODES", "%{nodes}"},
          {"SKYPILOT_NODE_IPS", "%{node_ips}"}};
}

}  // namespace

void make_ranks(Submission::Job& job, const Options& options) {
  const auto& command = options.entrypoint;
  App app{.argv = command.words, .variables = who_it_is(), .ranks = options.ranks.value_or(1)};
  if (app.argv.empty()) app.argv = {"/bin/bash", "-c", command.text};
  const bool has_workdir = options.overrides.workdir || options.overrides.git_url;
  app.insists = !options.wdir.empty();
  if (app.insists || !has_workdir) app.directory = app.insists ? options.wdir : options.cwd;
  job.spec.run.reset();
  job.spec.apps = {std::move(app)};
}

}  // namespace skyrun
