// SPDX-License-Identifier: Apache-2.0
#include "protocol/job_spec.h"

namespace skyrun {

const char* to_text(Stage stage) {
  switch (stage) {
    case Stage::nodes:
      return "nodes";
    case Stage::sync:
      return "sync";
    case Stage::setup:
      return "setup";
    case Stage::run:
      return "run";
  }
  return "?";
}

std::string logs_link(const JobSpec& job, const std::string& home) {
  return home + "/sky_logs/" + std::to_string(job.id) + '-' + (job.name.empty() ? "-" : job.name);
}

}  // namespace skyrun
