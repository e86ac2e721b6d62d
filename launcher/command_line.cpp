// SPDX-License-Identifier: Apache-2.0
//
// The only file that includes CLI11: it costs seconds to compile. What options there are and what
// --help says of them is in the table (command_line/option_table.h); here is where their values go.
#include "launcher/command_line.h"

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string_view>

#include "core/assert.h"
#include "core/text.h"
#include "launcher/command_line/help.h"
#include "launcher/command_line/option_table.h"
#include "launcher/exit_code.h"
#include "launcher/placement_texts.h"

namespace skyrun {
namespace {

/// Times on the command line are seconds, and may be fractions.
struct Seconds {
  double grace = 30;
  double linger = 86400;
  double start_timeout = 60;
};

std::chrono::milliseconds to_millis(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

/// "-n,--name"
std::string cli_names(const Option& option) {
  const std::string name(option.name);
  return option.letter != 0 ? std::string("-") + option.letter + "," + name : name;
}

/// Says for each option of the table where its value goes.
class Binder {
 public:
  explicit Binder(CLI::App& app) : app_(app) {}

  template <class Value>
  CLI::Option* value(const char* name, Value& into) {
    return app_.add_option(cli_names(row(name)), into);
  }

  /// May be given again. Each takes one value: what follows may be the task.
  CLI::Option* repeated(const char* name, std::vector<std::string>& into) {
    return value(name, into)->allow_extra_args(false);
  }

  CLI::Option* flag(const char* name, bool& into) {
    return app_.add_flag(cli_names(row(name)), into);
  }

  /// The words that the table has for the option stand for these values, in its order.
  template <class Value>
  CLI::Option* choice(const char* name, Value& into, std::vector<Value> values) {
    const std::string_view words = row(name).words;
    const auto read = [words, values = std::move(values)](std::string& text) {
      const auto all = split(words, ',');
      SKYRUN_ASSERT(all.size() == values.size());
      const auto found = std::find(all.begin(), all.end(), text);
      if (found == all.end()) return fmt::format("'{}' is none of {}", text, fmt::join(all, ", "));
      text = std::to_string(static_cast<int>(values[static_cast<size_t>(found - all.begin())]));
      return std::string();
    };
    return value(name, into)->transform(CLI::Validator(read, ""));
  }

 private:
  static const Option& row(const char* name) {
    const Option* option = find_option(std::string_view(name));
    SKYRUN_ASSERT(option != nullptr);
    return *option;
  }

  CLI::App& app_;
};

void bind_task(Binder& bind, Options& options) {
  auto& over = options.overrides;
  bind.value("--name", over.name);
  bind.value("--num-nodes", over.num_nodes);
  bind.value("--workdir", over.workdir);
  bind.value("--gpus", over.gpus);
  bind.value("--cpus", over.cpus);
  bind.value("--memory", over.memory);
  bind.repeated("--env", over.envs);
  bind.value("--env-file", over.env_file);
  bind.repeated("--secret", over.secrets);
  bind.value("--secret-file", over.secret_file);
  bind.value("--git-url", over.git_url);
  bind.value("--git-ref", over.git_ref);
  bind.repeated("--config", over.config)->check([](const std::string& text) {
    const bool good = text.find('=') != std::string::npos || CLI::ExistingFile(text).empty();
    return good ? "" : text + ": expected key.path=value, or a file";
  });
  bind.flag("--no-setup", options.no_setup);
  bind.flag("--skip-resource-check", options.skip_resource_check);
  auto* dryrun = bind.flag("--dryrun", options.dryrun);
  bind.choice<bool>("--output", options.json, {false, true})->needs(dryrun);
}

void bind_nodes(Binder& bind, Options& options) {
  bind.value("--infra", options.overrides.infra);
  bind.value("--hostfile", options.hostfile);
  bind.repeated("--host", options.hosts);
  bind.value("--local", options.local)
      ->check(CLI::Range(1, 1024))
      ->excludes("--hostfile")
      ->excludes("--host");
}

void bind_start(Binder& bind, Options& options, Seconds& seconds) {
  bind.choice<LaunchMode>("--launch", options.launch,
                          {LaunchMode::automatic, LaunchMode::tree, LaunchMode::flat});
  bind.value("--launch-agent", options.launch_agent);
  bind.repeated("--ssh-option", options.ssh_options);
  bind.value("--tree-arity", options.tree_arity)->check(CLI::Range(1, 4096));
  bind.value("--start-timeout", seconds.start_timeout)->check(CLI::Range(1.0, 86400.0));
}

void bind_placement(Binder& bind, Options& options, PlacementTexts& texts) {
  auto& placement = options.placement;
  bind.value("--map-by", texts.map);
  bind.value("--rank-by", texts.rank);
  bind.value("--bind-to", texts.bind);
  bind.choice<Defaults>("--personality", placement.defaults,
                        {Defaults::open_mpi_5, Defaults::open_mpi_4});
  bind.choice<bool>("--gpu-visibility", placement.own_gpus, {false, true});
  bind.value("--display", texts.display);
  bind.flag("--report-bindings", placement.report_bindings);
}

void bind_end(Binder& bind, Options& options, Seconds& seconds) {
  bind.value("--grace", seconds.grace)->check(CLI::Range(0.0, 86400.0));
  bind.value("--linger", seconds.linger)->check(CLI::Range(0.0, 2592000.0));
  bind.flag("--propagate-exit-code", options.propagate_exit_code);
}

/// SkyPilot's options for what only its clouds and clusters have. Those that would change what is
/// run are refused.
class CloudOptions {
 public:
  explicit CloudOptions(CLI::App& app) {
    for (const Option& row : option_table()) {
      if (row.group != Option::Group::cloud) continue;
      auto* added = row.takes_value()
                        ? app.add_option(cli_names(row), values_)->allow_extra_args(false)
                        : app.add_flag(cli_names(row));
      all_.emplace_back(&row, added);
    }
  }

  /// Why the command line cannot be followed; nothing when it can.
  std::optional<std::string> refusal() const {
    for (const auto& [row, option] : all_) {
      if (option->count() == 0) continue;
      if (!row->help.empty()) return fmt::format("{}: {}", row->name, row->help);
      const auto image = row->name == "--image-id" ? option->results().back() : "";
      if (image.rfind("docker:", 0) == 0)
        return "--image-id: skyrun starts no containers, so the job cannot run in " + image;
    }
    return std::nullopt;
  }

  std::optional<std::string> notice() const {
    std::vector<std::string_view> names;
    for (const auto& [row, option] : all_) {
      const bool is_none =
          row->name == "--image-id" && option->count() > 0 && option->results().back() == "none";
      if (option->count() > 0 && !is_none) names.push_back(row->name);
    }
    if (names.empty()) return std::nullopt;
    return fmt::format("without effect here: {}", fmt::join(names, ", "));
  }

 private:
  std::vector<std::pair<const Option*, CLI::Option*>> all_;
  std::vector<std::string> values_;
};

/// One line in our own form in place of CLI11's.
int usage_error(const std::string& why) {
  fmt::print(stderr, "skyrun: error: {} (see skyrun --help)\n", why);
  return exit_usage;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  // CLI11 would read a word "[ -e a ]" as a list, so what follows "--" does not go through it.
  const char* const* const end = argv + argc;
  const char* const* const mark = std::find(argv, end, std::string_view("--"));
  Options options;
  Seconds seconds;
  PlacementTexts placement;
  CLI::App app("Run a SkyPilot task on many machines over ssh", "skyrun");
  app.formatter_fn(
      [](const CLI::App*, const std::string&, CLI::AppFormatMode) { return help_text(); });
  app.set_version_flag("--version", "skyrun " SKYRUN_VERSION);
  Binder bind(app);
  try {
    app.add_option("task", options.words);
    bind_task(bind, options);
    bind_nodes(bind, options);
    bind_placement(bind, options, placement);
    bind_start(bind, options, seconds);
    bind_end(bind, options, seconds);
    const CloudOptions cloud(app);
    for (const Option& option : option_table())
      SKYRUN_ASSERT(app.get_option_no_throw(std::string(option.name)) != nullptr);
    app.parse(static_cast<int>(mark - argv), argv);
    if (const auto refusal = cloud.refusal()) return usage_error(*refusal);
    if (const auto good = read_placement(placement, options.placement); !good)
      return usage_error(good.error().text());
    if (const auto notice = cloud.notice()) options.notices.push_back(*notice);
  } catch (const CLI::Success& wanted) {
    return app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  if (mark != end) options.words.insert(options.words.end(), mark + 1, end);
  options.grace = to_millis(seconds.grace);
  options.linger = to_millis(seconds.linger);
  options.start_timeout = to_millis(seconds.start_timeout);
  return options;
}

}  // namespace skyrun
