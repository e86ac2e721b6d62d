// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/local_homes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "core/directory.h"
#include "core/file_lock.h"

namespace skyrun {
namespace {

constexpr int kMost = 1000;

bool has_embedded_nodes(const Submission& submission) {
  return std::any_of(submission.jobs.begin(), submission.jobs.end(),
                     [](const Submission::Job& job) {
                       return std::any_of(job.nodes.begin(), job.nodes.end(),
                                          [](const NodeSpec& node) { return !node.home.empty(); });
                     });
}

}  // namespace

Result<std::string> LocalHomes::take(const std::string& first) {
  for (int number = 1; number <= kMost; ++number) {
    const std::string path = number == 1 ? first : fmt::format("{}/{}", first, number);
    if (auto made = make_directories(path, 0700); !made)
      return tl::unexpected(std::move(made.error()));
    auto lock = open_file(path + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW);
    if (!lock) return tl::unexpected(std::move(lock.error()));
    if (!try_lock(lock->get(), FileLock::exclusive).value_or(true)) continue;
    ::futimens(lock->get(), nullptr);  // which tells how old what is here is
    lock_ = std::move(*lock);
    return path;
  }
  return failure(fmt::format("{}: {} runs have their nodes there", first, kMost));
}

Result<void> LocalHomes::settle(Submission& submission, const std::string& home) {
  if (!has_embedded_nodes(submission)) return {};
  const std::string first = home + "/.skyrun/local";
  auto taken = take(first);
  if (!taken) return tl::unexpected(std::move(taken.error()));
  if (*taken != first)
    submission.notices.push_back(
        "another run has the homes of node0 and the next: those of this one are "
        "below ~" +
        taken->substr(home.size()));
  for (auto& job : submission.jobs) {
    for (auto& node : job.nodes) {
      if (node.home.empty()) continue;
      node.home = *taken + node.home.substr(first.size());
      if (auto made = make_directories(node.home, 0700); !made) return made;
    }
  }
  return {};
}

}  // namespace skyrun
