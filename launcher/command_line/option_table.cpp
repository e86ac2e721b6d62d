// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/option_table.h"

#include <algorithm>

namespace skyrun {
namespace {

using enum Option::Group;
using enum Option::Completes;

constexpr Option kOptions[] = {
    {general, 'h', "--help", "", "Print this and exit"},
    {general, 0, "--version", "", "Print the version and exit"},
    {general, 'q', "--quiet", "", "Say nothing but what the ranks print, warnings and errors"},
    {general, 'v', "--verbose", "", "Say each step of the job, with its time"},

    {task, 'n', "--name", "NAME", "Name of the task"},
    {task, 0, "--num-nodes", "N", "Number of nodes, over the task's num_nodes"},
    {task, 0, "--workdir", "DIR", "Directory to copy to ~/sky_workdir on every node", directory},
    {task, 0, "--gpus", "NAME[:COUNT] | auto", "Accelerators per node, over the task's"},
    {task, 0, "--cpus", "N", "CPUs that each node must have"},
    {task, 0, "--memory", "N", "Memory that each node must have, in GiB"},
    {task, 'x', "--env", "K=V | K", "Environment variable; K alone takes its value here", nothing,
     true},
    {task, 0, "--env-file", "FILE", "Environment variables from a dotenv file", file},
    {task, 0, "--secret", "K=V | K", "Secret variable; K alone takes its value here", nothing,
     true},
    {task, 0, "--secret-file", "FILE", "Secret variables from a dotenv file", file},
    {task, 0, "--git-url", "URL", "Repository to copy in place of a workdir"},
    {task, 0, "--git-ref", "REF", "Branch, tag or commit of the repository"},
    {task, 0, "--config", "KEY=V", "Configuration over the task's: key.path=value", nothing, true},
    {task, 0, "--no-setup", "", "Skip the setup commands"},
    {task, 0, "--skip-resource-check", "", "Run even where nodes lack what the task asks for"},
    {task, 0, "--skip-remote-mounts", "", "Run without the buckets and URLs of file_mounts"},
    {task, 0, "--dryrun", "", "Show what would be run, and run nothing"},
    {task, 0, "--output", "FORM", "Form of --dryrun: text, json", word, false, "text,json"},

    {nodes, 0, "--infra", "INFRA", "Where nodes come from: ssh/POOL"},
    {nodes, 0, "--hostfile", "FILE", "File with a host a line", file},
    {nodes, 0, "--host", "LIST", "Hosts: a,b:2,user@c", host, true},
    {nodes, 0, "--local", "N", "Run on N embedded nodes of this machine"},
    {nodes, 0, "--interface", "NAME | CIDR", "Whose addresses the nodes know each other by"},

    {ranks, 0, "--ranks", "N", "Number of ranks of a program; -n N is the same"},
    {ranks, 0, "--wdir", "DIR", "Where they start; without it, where this is typed", directory},

    {seats, 0, "--map-by", "POLICY", "What ranks are mapped by, as mpirun has it; strict, fill"},
    {seats, 0, "--rank-by", "POLICY", "How they are numbered: slot, node, fill, span"},
    {seats, 0, "--bind-to", "OBJECT", "What each is bound to: none, core, numa, package, ..."},
    {seats, 0, "--personality", "NAME",
     "Whose defaults fill in what these leave open: ompi5, ompi4", word, false, "ompi5,ompi4"},
    {seats, 0, "--gpu-visibility", "WHICH", "GPUs that a rank sees: all, own", word, false,
     "all,own"},
    {seats, 0, "--display", "WHAT,...", "What to show of the job: map, bindings"},
    {seats, 0, "--report-bindings", "", "Say of every rank what it is bound to"},

    {start, 0, "--launch", "HOW", "Who starts the nodes: auto, tree, flat", word, false,
     "auto,tree,flat"},
    {start, 0, "--launch-agent", "COMMAND", "Command that runs a command on a host"},
    {start, 0, "--ssh-option", "OPTION", "Option for ssh, as after its -o", nothing, true},
    {start, 0, "--tree-arity", "K", "Children of a node in the tree"},
    {start, 0, "--start-timeout", "SECONDS", "Seconds the nodes have to start"},
    {start, 0, "--sync-timeout", "SECONDS", "Seconds a node may take no files; 0: no limit"},

    {end, 0, "--grace", "SECONDS", "Seconds between SIGTERM and SIGKILL"},
    {end, 0, "--linger", "SECONDS", "Seconds to wait for what holds a stage's output open"},
    {end, 0, "--propagate-exit-code", "", "Exit with the code of the first rank that failed"},

    {cloud, 0, "--use-spot", "", ""},
    {cloud, 0, "--no-use-spot", "", ""},
    {cloud, 'y', "--yes", "", ""},
    {cloud, 'r', "--retry-until-up", "", ""},
    {cloud, 0, "--down", "", ""},
    {cloud, 0, "--fast", "", ""},
    {cloud, 0, "--no-async", "", ""},
    {cloud, 'c', "--cluster", "NAME", ""},
    {cloud, 0, "--cloud", "NAME", ""},
    {cloud, 0, "--region", "NAME", ""},
    {cloud, 0, "--zone", "NAME", ""},
    {cloud, 0, "--disk-size", "N", ""},
    {cloud, 0, "--disk-tier", "TIER", ""},
    {cloud, 0, "--network-tier", "TIER", ""},
    {cloud, 0, "--local-disk", "N", ""},
    {cloud, 't', "--instance-type", "TYPE", ""},
    {cloud, 0, "--ports", "PORTS", ""},
    {cloud, 0, "--priority", "N", ""},
    {cloud, 'i', "--idle-minutes-to-autostop", "N", ""},
    {cloud, 0, "--wait-for", "WHAT", ""},
    {cloud, 'w', "--workspace", "NAME", ""},
    {cloud, 0, "--job-recovery", "HOW", ""},
    {cloud, 0, "--image-id", "IMAGE", ""},
    {cloud, 'd', "--detach-run", "",
     "skyrun stays with its job; start it in the background with &"},
    {cloud, 0, "--async", "", "skyrun stays with its job; start it in the background with &"},
    {cloud, 0, "--clone-disk-from", "NAME", "needs SkyPilot's own clusters and jobs"},
    {cloud, 0, "--clone", "NAME", "needs SkyPilot's own clusters and jobs"},
    {cloud, 0, "--num-jobs", "N", "needs SkyPilot's own clusters and jobs"},
    {cloud, 'p', "--pool", "NAME", "needs SkyPilot's own clusters and jobs"},
};

constexpr Option kTopoOptions[] = {
    {general, 'h', "--help", "", "Print this and exit"},
    {general, 0, "--host", "HOST", "Show this host, asked by ssh", host},
    {general, 0, "--xml", "FILE", "Show the machine that this file of hwloc describes", file},
    {general, 0, "--output", "FORM", "A tree (text, the default), or json", word, false,
     "text,json"},
    {general, 0, "--place", "N", "Where N ranks would sit on it"},
    {general, 0, "--policy", "POLICY",
     "Of --place: strict (the default), fill, slot, core, numa:PE=2, ppr:2:package, ..."},
    {general, 0, "--bind-to", "OBJECT",
     "Of --place: what each would be bound to: none, core, numa, package, ..."},
    {general, 0, "--svg", "FILE",
     "Draw it there, with the ranks of --place on it; -: standard output", file},
    {general, 0, "--gpu-unit", "UNIT",
     "What counts as one GPU: card, a PCI function; device, what the vendor's runtime shows (the "
     "default); tile, parts of Intel's devices",
     word, false, "card,device,tile"},
    {general, 0, "--gpu-include-integrated", "",
     "Count a GPU beside the CPU where there is no other"},
};

constexpr Verb kVerbs[] = {
    {"topo", "What a node consists of, and where ranks would sit"},
    {"clean", "Remove what old runs left on this machine"},
    {"completion", "Completion for bash, zsh or fish, to standard output"},
    {"help", "This; of another: skyrun help topo"},
    {"version", "The version"},
};

}  // namespace

std::string Option::shown() const {
  std::string text;
  if (letter != 0) text = std::string("-") + letter + ", ";
  text += name;
  if (takes_value()) text.append(" ").append(value);
  return text;
}

const std::vector<Option>& option_table() {
  static const std::vector<Option> all(std::begin(kOptions), std::end(kOptions));
  return all;
}

const std::vector<Option>& topo_option_table() {
  static const std::vector<Option> all(std::begin(kTopoOptions), std::end(kTopoOptions));
  return all;
}

const std::vector<Verb>& verb_table() {
  static const std::vector<Verb> all(std::begin(kVerbs), std::end(kVerbs));
  return all;
}

const Option* find_option(std::string_view name) {
  const auto& all = option_table();
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const Option& one) { return one.name == name; });
  return found != all.end() ? &*found : nullptr;
}

const Option* find_option(char letter) {
  const auto& all = option_table();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [letter](const Option& one) { return one.letter == letter; });
  return letter != 0 && found != all.end() ? &*found : nullptr;
}

std::string_view title_of(Option::Group group) {
  switch (group) {
    case general:
      return "Of skyrun itself";
    case task:
      return "The task";
    case nodes:
      return "The nodes";
    case ranks:
      return "Ranks of a program";
    case seats:
      return "Where ranks sit";
    case start:
      return "The start";
    case end:
      return "The end";
    case cloud:
      break;
  }
  return "Of clouds";
}

}  // namespace skyrun
