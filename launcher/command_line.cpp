// SPDX-License-Identifier: Apache-2.0
//
// The only file that includes CLI11: it costs seconds to compile.
#include "launcher/command_line.h"

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string_view>

#include "core/text.h"
#include "launcher/exit_code.h"
#include "launcher/placement_texts.h"

namespace skyrun {
namespace {

/// Times on the command line are seconds, and may be fractions.
struct Seconds {
  double grace = 30;
  double start_timeout = 60;
};

std::chrono::milliseconds to_millis(double seconds) {
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

/// An option that may be repeated. Each takes one value: what follows may be the task.
CLI::Option* add_repeated(CLI::App& app, const char* name, std::vector<std::string>& values,
                          const char* description) {
  return app.add_option(name, values, description)->allow_extra_args(false);
}

/// One of these words, which stands for the value beside it.
template <class Value>
CLI::Validator one_of(std::vector<std::pair<std::string, Value>> words) {
  const auto read = [words = std::move(words)](std::string& text) {
    std::vector<std::string> names;
    for (const auto& [name, value] : words) {
      names.push_back(name);
      if (name != text) continue;
      text = std::to_string(static_cast<int>(value));
      return std::string();
    }
    return fmt::format("'{}' is none of {}", text, join(names, ", "));
  };
  return CLI::Validator(read, "");
}

void add_task_options(CLI::App& app, Options& options) {
  auto& over = options.overrides;
  app.add_option("task", options.words, "A task YAML, or a bash command (after --)")
      ->option_text("TASK.yaml | -- COMMAND...");
  app.add_option("-n,--name", over.name, "Name of the task");
  app.add_option("--num-nodes", over.num_nodes, "Number of nodes, over the task's num_nodes")
      ->option_text("N");
  app.add_option("--workdir", over.workdir, "Directory to copy to ~/sky_workdir on every node")
      ->option_text("DIR");
  app.add_option("--gpus", over.gpus, "Accelerators per node, over the task's")
      ->option_text("NAME[:COUNT] | auto");
  app.add_option("--cpus", over.cpus, "CPUs that each node must have")->option_text("N");
  app.add_option("--memory", over.memory, "Memory that each node must have, in GiB")
      ->option_text("N");
  add_repeated(app, "--env", over.envs, "Environment variable; K alone takes its value here")
      ->option_text("K=V | K");
  app.add_option("--env-file", over.env_file, "Environment variables from a dotenv file")
      ->option_text("FILE");
  add_repeated(app, "--secret", over.secrets, "Secret variable; K alone takes its value here")
      ->option_text("K=V | K");
  app.add_option("--secret-file", over.secret_file, "Secret variables from a dotenv file")
      ->option_text("FILE");
  app.add_option("--git-url", over.git_url, "Repository to copy in place of a workdir")
      ->option_text("URL");
  app.add_option("--git-ref", over.git_ref, "Branch, tag or commit of the repository")
      ->option_text("REF");
  add_repeated(app, "--config", over.config, "Configuration over the task's: key.path=value")
      ->option_text("KEY=V")
      ->check([](const std::string& text) {
        const bool good = text.find('=') != std::string::npos || CLI::ExistingFile(text).empty();
        return good ? "" : text + ": expected key.path=value, or a file";
      });
  app.add_flag("--no-setup", options.no_setup, "Skip the setup commands");
  app.add_flag("--skip-resource-check", options.skip_resource_check,
               "Run even where nodes lack what the task asks for");
}

void add_dryrun_options(CLI::App& app, Options& options) {
  auto* dryrun =
      app.add_flag("--dryrun", options.dryrun, "Show what would be run, and run nothing");
  app.add_option("--output", options.json, "Form of --dryrun: text, json")
      ->option_text("FORM")
      ->transform(one_of<bool>({{"text", false}, {"json", true}}))
      ->needs(dryrun);
}

void add_node_options(CLI::App& app, Options& options) {
  app.add_option("--infra", options.overrides.infra, "Where nodes come from: ssh/POOL")
      ->option_text("INFRA");
  app.add_option("--hostfile", options.hostfile, "File with a host a line")->option_text("FILE");
  add_repeated(app, "--host", options.hosts, "Hosts: a,b:2,user@c")->option_text("LIST");
  app.add_option("--local", options.local, "Run on N embedded nodes of this machine")
      ->option_text("N")
      ->check(CLI::Range(1, 1024))
      ->excludes("--hostfile")
      ->excludes("--host");
}

void add_start_options(CLI::App& app, Options& options, Seconds& seconds) {
  app.add_option("--launch", options.launch, "Who starts the nodes: auto, tree, flat")
      ->option_text("HOW")
      ->transform(one_of<LaunchMode>({{"auto", LaunchMode::automatic},
                                      {"tree", LaunchMode::tree},
                                      {"flat", LaunchMode::flat}}));
  app.add_option("--launch-agent", options.launch_agent, "Command that runs a command on a host")
      ->option_text("COMMAND");
  add_repeated(app, "--ssh-option", options.ssh_options, "Option for ssh, as after its -o")
      ->option_text("OPTION");
  app.add_option("--tree-arity", options.tree_arity, "Children of a node in the tree")
      ->option_text("K")
      ->check(CLI::Range(1, 4096));
  app.add_option("--start-timeout", seconds.start_timeout, "Seconds the nodes have to start")
      ->option_text("SECONDS")
      ->check(CLI::Range(1.0, 86400.0));
}

void add_placement_options(CLI::App& app, Options& options, PlacementTexts& texts) {
  app.add_option("--map-by", texts.map, "What ranks are mapped by, as mpirun has it; strict, fill")
      ->option_text("POLICY");
  app.add_option("--rank-by", texts.rank, "How they are numbered: slot, node, fill, span")
      ->option_text("POLICY");
  app.add_option("--bind-to", texts.bind, "What each is bound to: none, core, numa, package, ...")
      ->option_text("OBJECT");
  app.add_option("--personality", options.placement.defaults,
                 "Whose defaults fill in what these leave open: ompi5, ompi4")
      ->option_text("NAME")
      ->transform(
          one_of<Defaults>({{"ompi5", Defaults::open_mpi_5}, {"ompi4", Defaults::open_mpi_4}}));
  app.add_option("--gpu-visibility", options.placement.own_gpus, "GPUs that a rank sees: all, own")
      ->option_text("WHICH")
      ->transform(one_of<bool>({{"all", false}, {"own", true}}));
  app.add_option("--display", texts.display, "What to show of the job: map, bindings")
      ->option_text("WHAT,...");
  app.add_flag("--report-bindings", options.placement.report_bindings,
               "Say of every rank what it is bound to");
}

void add_end_options(CLI::App& app, Options& options, Seconds& seconds) {
  app.add_option("--grace", seconds.grace, "Seconds between SIGTERM and SIGKILL")
      ->option_text("SECONDS")
      ->check(CLI::Range(0.0, 86400.0));
  app.add_flag("--propagate-exit-code", options.propagate_exit_code,
               "Exit with the code of the first rank that failed");
}

/// CLI11 gives hidden options no name of their own.
std::string long_name(const CLI::Option& option) {
  return "--" + option.get_lnames().front();
}

/// SkyPilot's flags for what only its clouds and clusters have, so that people's command lines go
/// on working. Those that would change what is run are refused.
class CloudFlags {
 public:
  explicit CloudFlags(CLI::App& app) {
    for (const char* name : {"--use-spot", "--no-use-spot", "-y,--yes", "-r,--retry-until-up",
                             "--down", "--fast", "--no-async"}) {
      silent_.push_back(app.add_flag(name)->group(""));
    }
    for (const char* name :
         {"-c,--cluster", "--cloud", "--region", "--zone", "--disk-size", "--disk-tier",
          "--network-tier", "--local-disk", "-t,--instance-type", "--ports", "--priority",
          "-i,--idle-minutes-to-autostop", "--wait-for", "-w,--workspace", "--job-recovery"}) {
      silent_.push_back(add_repeated(app, name, values_, "")->group(""));
    }
    image_ = app.add_option("--image-id", image_id_)->group("");
    for (const char* name : {"-d,--detach-run", "--async"}) detach_.push_back(app.add_flag(name));
    for (const char* name : {"--clone-disk-from,--clone", "--num-jobs", "-p,--pool"})
      foreign_.push_back(add_repeated(app, name, values_, ""));
    for (auto* option : detach_) option->group("");
    for (auto* option : foreign_) option->group("");
  }

  /// Why the command line cannot be followed; nothing when it can.
  std::optional<std::string> refusal() const {
    for (const auto* each : detach_) {
      if (each->count() > 0)
        return long_name(*each) + ": skyrun stays with its job; start it in the background with &";
    }
    for (const auto* each : foreign_) {
      if (each->count() > 0) return long_name(*each) + ": needs SkyPilot's own clusters and jobs";
    }
    if (image_id_.rfind("docker:", 0) != 0) return std::nullopt;
    return "--image-id: skyrun starts no containers, so the job cannot run in " + image_id_;
  }

  std::optional<std::string> notice() const {
    std::vector<std::string> names;
    for (const auto* each : silent_) {
      if (each->count() > 0) names.push_back(long_name(*each));
    }
    if (image_->count() > 0 && image_id_ != "none") names.push_back(long_name(*image_));
    if (names.empty()) return std::nullopt;
    return fmt::format("without effect here: {}", fmt::join(names, ", "));
  }

 private:
  std::vector<CLI::Option*> silent_, detach_, foreign_;
  CLI::Option* image_ = nullptr;
  std::string image_id_;
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
  app.get_formatter()->column_width(34);
  app.set_version_flag("--version", "skyrun " SKYRUN_VERSION);
  try {
    add_task_options(app, options);
    add_dryrun_options(app, options);
    add_node_options(app, options);
    add_placement_options(app, options, placement);
    add_start_options(app, options, seconds);
    add_end_options(app, options, seconds);
    const CloudFlags cloud(app);
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
  options.start_timeout = to_millis(seconds.start_timeout);
  return options;
}

}  // namespace skyrun
