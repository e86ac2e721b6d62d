// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job_size.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "protocol/bounds.h"
#include "protocol/codec.h"

namespace skyrun {
namespace {

constexpr double kMebi = 1U << 20U;
constexpr size_t kRest = 12;  // what stands around a variable on the wire

struct Part {
  std::string_view what;
  size_t bytes = 0;
};

size_t size_of(const Variables& variables) {
  return std::accumulate(variables.begin(), variables.end(), size_t{0},
                         [](size_t sum, const auto& each) {
                           return sum + each.first.size() + each.second.size() + kRest;
                         });
}

/// What takes the most of a job.
Part largest_part(const Submission::Job& asked) {
  const JobSpec& job = asked.spec;
  const std::array parts{
      Part{"variables (envs, --env, --env-file)", size_of(job.envs)},
      Part{"secrets (secrets, --secret, --secret-file)", size_of(job.secrets)},
      Part{"setup commands (setup)", job.setup.value_or("").size()},
      Part{"run commands (run)", job.run.value_or("").size()},
      Part{"lines of a file (--map-by)", asked.wishes.placement.file_text.size()},
  };
  return *std::max_element(parts.begin(), parts.end(),
                           [](const Part& a, const Part& b) { return a.bytes < b.bytes; });
}

/// As it is submitted, but for its nodes.
Result<void> check_submission(const Submission::Job& job) {
  const std::string body = encode(Submit{.job = job.spec, .wishes = job.wishes});
  if (body.size() > kMaxJobBytes) {
    const Part largest = largest_part(job);
    return failure(fmt::format(
        "the task takes {:.1f} MiB, {:.1f} of them {}; a task has at most {:.0f}: send files "
        "(workdir, file_mounts) in their place",
        static_cast<double>(body.size()) / kMebi, static_cast<double>(largest.bytes) / kMebi,
        largest.what, kMaxJobBytes / kMebi));
  }
  auto bounded = check_body(body);
  if (bounded) return {};
  return tl::unexpected(std::move(bounded.error()).within("the task cannot be sent"));
}

}  // namespace

Result<void> check_job_size(const Submission::Job& job) {
  auto fits = check_submission(job);
  if (!fits) return fits;
  const std::string body = encode(
      Bootstrap{.launch = job.launch, .tree_size = job.spec.num_nodes, .subtree = job.nodes});
  if (body.size() > kMaxNodesBytes) {
    return failure(fmt::format(
        "the host list has {} hosts whose names, users and keys take {:.1f} MiB; a job has at most "
        "{:.0f}",
        job.nodes.size(), static_cast<double>(body.size()) / kMebi, kMaxNodesBytes / kMebi));
  }
  auto bounded = check_body(body);
  if (bounded) return {};
  return tl::unexpected(std::move(bounded.error()).within("the host list cannot be sent"));
}

}  // namespace skyrun
