// SPDX-License-Identifier: Apache-2.0
#include "launcher/say.h"

#include <unistd.h>

#include <string>

#include "core/fd.h"

namespace skyrun {

void say_line(std::string_view line) {
  [[maybe_unused]] const auto said = write_all(STDERR_FILENO, std::string(line) + "\n");
}

ExitCode print_text(std::string_view text) {
  const auto printed = write_all(STDOUT_FILENO, text);
  if (printed) return exit_ok;
  say_line("skyrun: error: standard output: " + printed.error().text());
  return exit_error;
}

}  // namespace skyrun
