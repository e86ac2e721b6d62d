// SPDX-License-Identifier: Apache-2.0
#include "launcher/dry_run/dry_run.h"

#include "launcher/dry_run/document.h"
#include "launcher/dry_run/json.h"
#include "launcher/dry_run/outline.h"
#include "launcher/presentable.h"
#include "launcher/say.h"

namespace skyrun {

int show_dry_run(const TaskFile& file, const Submission& submission, bool json) {
  const auto document = dry_run_document(file, submission);
  if (!document) {
    say_line("skyrun: error: " + presentable(document.error().text()));
    return exit_error;
  }
  const ExitCode shown = print_text(json ? to_json(*document) : outline(*document));
  if (shown != exit_ok) return shown;
  for (size_t i = 0; !json && i < submission.notices.size(); ++i)
    say_line("skyrun: notice: " + presentable(submission.notices[i]));
  return exit_ok;
}

}  // namespace skyrun
