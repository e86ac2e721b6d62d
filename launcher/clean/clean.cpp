// SPDX-License-Identifier: Apache-2.0
#include "launcher/clean/clean.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/directory.h"
#include "core/nearest.h"
#include "core/old_runs.h"
#include "core/scratch_directory.h"
#include "launcher/exit_code.h"
#include "launcher/presentable.h"
#include "launcher/say.h"
#include "launcher/task/durations.h"

namespace skyrun {
namespace {

constexpr const char* kHelp =
    "usage: skyrun clean [--dry-run] [--older-than AGE]\n"
    "\n"
    "Removes logs, workdirs beside ~/sky_workdir and homes of embedded nodes that runs left\n"
    "on this machine. What a running job uses stays.\n"
    "\n"
    "  --dry-run         Say what would be removed, and remove nothing\n"
    "  --older-than AGE  What has not changed for so long: 12h, 30d, 0s (7d)\n"
    "  -h, --help        Print this and exit\n";

struct CleanOptions {
  std::chrono::seconds age = std::chrono::hours(7 * 24);
  bool dry_run = false;
  bool help = false;
};

/// Seconds without a unit would be a trap: `--older-than 30`.
Result<std::chrono::seconds> parse_age(std::string_view text) {
  const auto seconds = parse_seconds(text);
  if (seconds && *seconds >= 0 && text.find_last_of("0123456789") + 1 < text.size())
    return std::chrono::seconds(*seconds);
  return failure(fmt::format("--older-than: '{}' is no age, such as 12h or 30d", text));
}

Result<CleanOptions> parse(const std::vector<std::string>& words) {
  CleanOptions options;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::string name = word.substr(0, word.find('='));
    const bool has_value = name.size() < word.size();
    if (word == "--dry-run") {
      options.dry_run = true;
    } else if (word == "--help" || word == "-h") {
      options.help = true;
    } else if (name == "--older-than" && (has_value || i + 1 < words.size())) {
      auto age = parse_age(has_value ? std::string_view(word).substr(name.size() + 1)
                                     : std::string_view(words[++i]));
      if (!age) return tl::unexpected(std::move(age.error()));
      options.age = *age;
    } else if (name == "--older-than") {
      return failure("--older-than: needs an age, such as 12h or 30d");
    } else {
      return failure(fmt::format("clean: '{}' is none of its options{}", word,
                                 did_you_mean(word, {"--dry-run", "--older-than", "--help"})));
    }
  }
  return options;
}

int complain(const Error& error) {
  say_line("skyrun: error: " + presentable(error.text()));
  return exit_usage;
}

}  // namespace

int clean(int argc, const char* const* argv) {
  const auto options = parse({argv + 2, argv + argc});
  if (!options) return complain(options.error());
  if (options->help) return print_text(kHelp);
  const std::string home = home_directory();
  if (!options->dry_run) sweep_scratch(scratch_root(home));
  std::string done;
  for (const auto& each : old_runs(home, options->age)) {
    const std::string shown = presentable("~" + each.substr(home.size()));
    if (options->dry_run || remove_old_run(home, each)) {
      done += fmt::format("{} {}\n", options->dry_run ? "would remove" : "removed", shown);
    } else {
      say_line("skyrun: notice: " + shown + ": cannot be removed");
    }
  }
  return print_text(done);
}

}  // namespace skyrun
