// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/git_workdirs.h"

#include <map>
#include <utility>

#include "launcher/git/git_url.h"
#include "launcher/presentable.h"
#include "launcher/say.h"

namespace skyrun {

Result<GitCheckouts> check_out_workdirs(const TaskFile& file, Submission& submission,
                                        const std::string& home) {
  GitCheckouts checkouts;
  std::map<std::pair<std::string, std::string>, std::string> known;  // address and ref to directory
  for (size_t i = 0; i < file.tasks.size(); ++i) {
    const auto& git = file.tasks[i].git;
    if (!git) continue;
    auto& directory = known[{git->url, git->ref.value_or("")}];
    if (directory.empty()) {
      say_line("skyrun: notice: fetching " + presentable(split_git_url(git->url).clean));
      auto checkout = GitCheckout::make(*git, scratch_root(home));
      if (!checkout) return tl::unexpected(std::move(checkout.error()));
      directory = (*checkout)->path();
      checkouts.push_back(std::move(*checkout));
    }
    auto& job = submission.jobs[i];
    job.mounts.insert(job.mounts.begin(),
                      {.source = directory, .destination = "~/sky_workdir", .whole = true});
    job.spec.syncs_files = true;
  }
  return checkouts;
}

}  // namespace skyrun
