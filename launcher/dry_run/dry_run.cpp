// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/dry_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include "core/fd.h"
#include "launcher/dry_run/document.h"
#include "launcher/dry_run/json.h"
#include "launcher/dry_run/outline.h"
#include "launcher/exit_code.h"
#include "launcher/presentable.h"

namespace skyrun {

int show_dry_run(const TaskFile& file, const Submission& submission, bool json) {
  const auto document = dry_run_document(file, submission);
  auto shown = document ? write_all(STDOUT_FILENO, json ? to_json(*document) : outline(*document))
                        : tl::unexpected(document.error());
  if (!shown) {
    fmt::print(stderr, "skyrun: error: {}\n", presentable(shown.error().text()));
    return exit_error;
  }
  for (size_t i = 0; !json && i < submission.notices.size(); ++i)
    fmt::print(stderr, "skyrun: notice: {}\n", presentable(submission.notices[i]));
  return exit_ok;
}

}  // namespace skyrun
