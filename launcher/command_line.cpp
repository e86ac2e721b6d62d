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
#include "core/nearest.h"
#include "core/text.h"
#include "launcher/command_line/help.h"
#include "launcher/command_line/option_table.h"
#include "launcher/command_line/scan.h"
#include "launcher/exit_code.h"
#include "launcher/placement_texts.h"
#include "launcher/say.h"
#include "protocol/network.h"
#include "protocol/rank_map.h"

namespace skyrun {
namespace {

constexpr const char* kVersion = "skyrun " SKYRUN_VERSION;

/// Times on the command line are seconds, and may be fractions.
struct Seconds {
  double grace = 30;
  double linger = 86400;
  double start_timeout = 60;
  double sync_timeout = 120;
};

std::chrono::milliseconds to_millis(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

/// Says for each option of the table where its value goes.
class Binder {
 public:
  explicit Binder(CLI::App& app) : app_(app) {}

  template <class Value>
  CLI::Option* value(const char* name, Value& into) {
    return app_.add_option(std::string(row(name).name), into);
  }

  /// May be given again.
  CLI::Option* repeated(const char* name, std::vector<std::string>& into) {
    return value(name, into)->allow_extra_args(false);
  }

  CLI::Option* flag(const char* name, bool& into) {
    return app_.add_flag(std::string(row(name).name), into);
  }

  /// A number within these bounds.
  template <class Value>
  CLI::Option* number(const char* name, Value& into, double least, double most) {
    const auto check = [least, most](const std::string& text) {
      constexpr bool kWhole = !std::is_same_v<Value, double>;
      const auto number =
          kWhole && !to_number<int64_t>(text) ? std::nullopt : to_number<double>(text);
      const bool good = number && *number >= least && *number <= most;
      return good ? "" : fmt::format("'{}' is no number from {:g} to {:g}", text, least, most);
    };
    return value(name, into)->check(check);
  }

  std::string name(const char* name) const { return std::string(row(name).name); }

  /// The words that the table has for the option stand for these values, in its order.
  template <class Value>
  CLI::Option* choice(const char* name, Value& into, std::vector<Value> values) {
    const std::string_view words = row(name).words;
    const auto read = [words, values = std::move(values)](std::string& text) {
      const auto all = split(words, ',');
      SKYRUN_ASSERT(all.size() == values.size());
      const auto found = std::find(all.begin(), all.end(), text);
      if (found == all.end())
        return fmt::format("'{}' is none of {}{}", text, fmt::join(all, ", "),
                           did_you_mean(text, {all.begin(), all.end()}));
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

void bind_general(CLI::App& app, Binder& bind, Options& options) {
  const auto say = [&app, &bind, &options](const char* name, Voice voice) {
    return app.add_flag_callback(bind.name(name), [&options, voice] { options.voice = voice; });
  };
  say("--verbose", Voice::verbose)->excludes(say("--quiet", Voice::quiet));
}

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
  bind.flag("--skip-remote-mounts", over.skip_remote_mounts);
  auto* dryrun = bind.flag("--dryrun", options.dryrun);
  bind.choice<bool>("--output", options.json, {false, true})->needs(dryrun);
}

void bind_nodes(Binder& bind, Options& options) {
  bind.value("--infra", options.overrides.infra);
  bind.value("--hostfile", options.hostfile);
  bind.repeated("--host", options.hosts);
  bind.number("--local", options.local, 1, 1024)->excludes("--hostfile")->excludes("--host");
  bind.value("--interface", options.interface)->check([](const std::string& text) {
    const bool good = text.find('/') == std::string::npos ? !text.empty() : is_network(text);
    return good ? "" : text + ": expected an interface's name, or a network as 10.1.0.0/16";
  });
}

void bind_start(Binder& bind, Options& options, Seconds& seconds) {
  bind.choice<LaunchMode>("--launch", options.launch,
                          {LaunchMode::automatic, LaunchMode::tree, LaunchMode::flat});
  bind.value("--launch-agent", options.launch_agent);
  bind.repeated("--ssh-option", options.ssh_options);
  bind.number("--tree-arity", options.tree_arity, 1, 4096);
  bind.number("--start-timeout", seconds.start_timeout, 1, 86400);
  bind.number("--sync-timeout", seconds.sync_timeout, 0, 86400);
}

void bind_placement(Binder& bind, Options& options, PlacementTexts& texts) {
  auto& placement = options.placement;
  bind.number("--ranks", options.ranks, 1, kMaxRanks);
  bind.value("--wdir", options.wdir);
  bind.value("--map-by", texts.map);
  bind.value("--rank-by", texts.rank);
  bind.value("--bind-to", texts.bind);
  bind.choice<Defaults>("--personality", placement.defaults,
                        {Defaults::open_mpi_5, Defaults::open_mpi_4});
  bind.choice<bool>("--gpu-visibility", placement.own_gpus, {false, true});
  bind.value("--display", texts.display);
  bind.flag("--report-bindings", options.report_bindings);
}

void bind_end(Binder& bind, Options& options, Seconds& seconds) {
  bind.number("--grace", seconds.grace, 0, 86400);
  bind.number("--linger", seconds.linger, 0, 2592000);
  bind.flag("--propagate-exit-code", options.propagate_exit_code);
}

/// Why SkyPilot's options for its clouds and clusters cannot be followed: those that would change
/// what is run are refused. Nothing when they can.
std::optional<std::string> cloud_refusal(const Scan& scan) {
  for (const auto& [option, value] : scan.options) {
    if (!option->is_hidden()) continue;
    if (!option->help.empty()) return fmt::format("{}: {}", option->name, option->help);
    if (option->name == "--image-id" && value.rfind("docker:", 0) == 0)
      return "--image-id: skyrun starts no containers, so the job cannot run in " + value;
  }
  return std::nullopt;
}

/// The others of them, in the order of the table.
std::optional<std::string> cloud_notice(const Scan& scan) {
  std::vector<std::string_view> names;
  for (const Option& row : option_table()) {
    const auto means = [&row](const Scan::Given& given) {
      return given.option == &row && row.is_hidden() && given.value != "none";
    };
    if (std::any_of(scan.options.begin(), scan.options.end(), means)) names.push_back(row.name);
  }
  if (names.empty()) return std::nullopt;
  return fmt::format("without effect here: {}", fmt::join(names, ", "));
}

/// What CLI11 is given: the last argument first.
std::vector<std::string> for_cli11(const Scan& scan) {
  std::vector<std::string> words;
  for (const auto& [option, value] : scan.options) {
    if (option->is_hidden()) continue;
    words.push_back(option->takes_value() ? fmt::format("{}={}", option->name, value)
                                          : std::string(option->name));
  }
  std::reverse(words.begin(), words.end());
  return words;
}

/// One line in our own form in place of CLI11's.
int usage_error(const std::string& why, const char* remedy = " (see skyrun --help)") {
  say_line(fmt::format("skyrun: error: {}{}", printable(why), remedy));
  return exit_usage;
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  if (argc < 2) {
    say_line(trim(help_text()));
    return exit_usage;
  }
  const auto scan = scan_command_line({argv + 1, argv + argc});
  if (!scan) return usage_error(scan.error().text(), "");
  if (const auto refusal = cloud_refusal(*scan)) return usage_error(*refusal);
  Options options;
  Seconds seconds;
  PlacementTexts placement;
  CLI::App app;
  app.set_version_flag("--version", kVersion);
  Binder bind(app);
  try {
    bind_general(app, bind, options);
    bind_task(bind, options);
    bind_nodes(bind, options);
    bind_placement(bind, options, placement);
    bind_start(bind, options, seconds);
    bind_end(bind, options, seconds);
    for (const Option& option : option_table())
      SKYRUN_ASSERT(option.is_hidden() ||
                    app.get_option_no_throw(std::string(option.name)) != nullptr);
    app.parse(for_cli11(*scan));
  } catch (const CLI::CallForVersion&) {
    return print_text(std::string(kVersion) + "\n");
  } catch (const CLI::Success&) {
    return print_text(help_text());
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  if (const auto good = read_placement(placement, options); !good)
    return usage_error(good.error().text());
  if (scan->entrypoint.kind == Entrypoint::Kind::none)
    return usage_error("no task: name a task YAML, or a command after --");
  options.entrypoint = scan->entrypoint;
  const auto here = Surroundings::here();
  options.cwd = here.cwd;
  options.placement.ranks = options.ranks.value_or(0);
  if (!options.wdir.empty()) {
    auto wdir = here.absolute(options.wdir);
    if (!wdir) return usage_error("--wdir: " + wdir.error().text());
    options.wdir = std::move(*wdir);
  }
  if (options.ranks && options.overrides.gpus)
    return usage_error("--gpus: of a task; ranks of a program see the GPUs of their node");
  for (const auto& [option, value] : scan->options) {
    if (option->name == "--image-id") options.overrides.image_id = value;
  }
  options.notices = scan->notices;
  if (const auto notice = cloud_notice(*scan)) options.notices.push_back(*notice);
  options.grace = to_millis(seconds.grace);
  options.linger = to_millis(seconds.linger);
  options.start_timeout = to_millis(seconds.start_timeout);
  options.sync_timeout = to_millis(seconds.sync_timeout);
  return options;
}

}  // namespace skyrun
