// SPDX-License-Identifier: Apache-2.0
//
// Words that people bring along. The options are those of Open MPI's mpirun, of Hydra's mpiexec, of
// srun and of torchrun that have a counterpart here, or that are typed out of habit; the verbs are
// those of SkyPilot's `sky`.
#include "launcher/command_line/other_launchers.h"

#include <algorithm>
#include <iterator>

namespace skyrun {
namespace {

struct Advice {
  std::string_view word;
  std::string_view text;
};

constexpr std::string_view kNeedless = "is not needed here: leave it out";
constexpr std::string_view kOne =
    "here it is -n N --map-by ppr:N:node, or --num-nodes N for one on each node";
constexpr std::string_view kHost = "here it is --host LIST";
constexpr std::string_view kHostfile = "here it is --hostfile FILE";
constexpr std::string_view kEnv = "here it is --env NAME or --env NAME=VALUE";
constexpr std::string_view kDirectory = "here it is --wdir DIR, of ranks of a program";
constexpr std::string_view kMapBy = "here it is --map-by POLICY";
constexpr std::string_view kNone = "has no counterpart here";

constexpr Advice kOptions[] = {
    {"-H", kHost},
    {"-host", kHost},
    {"--hosts", kHost},
    {"-hosts", kHost},
    {"-hostlist", kHost},
    {"--nodelist", kHost},
    {"-hostfile", kHostfile},
    {"-f", kHostfile},
    {"--machinefile", kHostfile},
    {"-machinefile", kHostfile},
    {"--default-hostfile", kHostfile},
    {"--nodes", "here it is --num-nodes N"},
    {"-nodes", "here it is --num-nodes N"},
    {"--nnodes", "here it is --num-nodes N"},
    {"-env", kEnv},
    {"-genv", kEnv},
    {"--genv", kEnv},
    {"--export", kEnv},
    {"-wdir", kDirectory},
    {"-wd", kDirectory},
    {"--chdir", kDirectory},
    {"-D", kDirectory},
    {"--nproc-per-node", kOne},
    {"--nproc_per_node", kOne},
    {"--node-rank", kNeedless},
    {"--node_rank", kNeedless},
    {"--bynode", "here it is --map-by node"},
    {"--byslot", "here it is --map-by slot"},
    {"--bycore", "here it is --map-by core"},
    {"--bysocket", "here it is --map-by package"},
    {"--rankfile", "here it is --map-by rankfile:file=FILE"},
    {"-rf", "here it is --map-by rankfile:file=FILE"},
    {"-map-by", kMapBy},
    {"-rank-by", "here it is --rank-by POLICY"},
    {"-bind-to", "here it is --bind-to OBJECT"},
    {"--cpu-bind", "here it is --bind-to OBJECT"},
    {"--cpus-per-rank", "here it is --map-by POLICY:PE=N"},
    {"--cpus-per-proc", "here it is --map-by POLICY:PE=N"},
    {"--cpus-per-task", "here it is --map-by POLICY:PE=N"},
    {"--oversubscribe", kNeedless},
    {"-oversubscribe", kNeedless},
    {"--nooversubscribe", kNeedless},
    {"--allow-run-as-root", kNeedless},
    {"--tag-output", kNeedless},
    {"-tag-output", kNeedless},
    {"--label", kNeedless},
    {"-l", kNeedless},
    {"-prepend-rank", kNeedless},
    {"-envall", kNeedless},
    {"-genvall", kNeedless},
    {"--mca", kNone},
    {"-mca", kNone},
    {"--prtemca", kNone},
    {"--pmixmca", kNone},
    {"--app", kNone},
    {"-configfile", kNone},
    {"--output-filename", "here logs are in ~/sky_logs"},
    {"--timestamp-output", kNone},
    {"--merge-stderr-to-stdout", kNone},
    {"--timeout", kNone},
    {"--xterm", kNone},
    {"--stdin", kNone},
    {"--preload-binary", "here it is --workdir DIR"},
    {"--preload-files", "here it is --workdir DIR"},
    {"--standalone", kNeedless},
    {"--do-not-launch", "here it is --dryrun"},
};

constexpr std::string_view kRun = "a task is run by skyrun TASK.yaml";
constexpr std::string_view kStop = "Ctrl-C in the skyrun that runs the job stops it";
constexpr std::string_view kShown = "a job is shown by the skyrun that runs it";
constexpr std::string_view kHosts = "hosts are named with --host or --hostfile";
constexpr std::string_view kClouds = "it needs SkyPilot's own server and clouds";

constexpr Advice kVerbs[] = {
    {"run", kRun},
    {"launch", kRun},
    {"exec", kRun},
    {"jobs", kRun},
    {"logs", "logs are in ~/sky_logs, here and on every node"},
    {"status", kShown},
    {"queue", kShown},
    {"cancel", kStop},
    {"stop", kStop},
    {"down", kStop},
    {"start", kHosts},
    {"up", kHosts},
    {"autostop", kStop},
    {"check", "what would be run is shown by skyrun --dryrun TASK.yaml"},
    {"show-gpus", "GPUs of a host are shown by skyrun topo --host HOST"},
    {"gpus", "GPUs of a host are shown by skyrun topo --host HOST"},
    {"serve", kClouds},
    {"api", kClouds},
    {"storage", kClouds},
    {"volumes", kClouds},
    {"dashboard", kClouds},
    {"cost-report", kClouds},
    {"local", "nodes on this machine are --local N"},
};

constexpr std::string_view kOfJob[] = {"-n", "-np", "--np", "--n", "-c", "--ntasks", "--nprocs"};
constexpr std::string_view kOfNode[] = {
    "-N", "-ppn", "--ppn", "-npernode", "--npernode", "--ntasks-per-node", "-perhost"};

template <size_t N>
std::optional<std::string> find(const Advice (&all)[N], std::string_view word) {
  const auto found = std::find_if(std::begin(all), std::end(all),
                                  [word](const Advice& one) { return one.word == word; });
  if (found == std::end(all)) return std::nullopt;
  return std::string(found->text);
}

template <size_t N>
bool contains(const std::string_view (&all)[N], std::string_view word) {
  return std::find(std::begin(all), std::end(all), word) != std::end(all);
}

}  // namespace

std::optional<std::string> advice_for_option(std::string_view name) {
  return find(kOptions, name);
}

std::optional<std::string> advice_for_verb(std::string_view word) {
  return find(kVerbs, word);
}

RankCount counts_ranks(std::string_view name) {
  if (contains(kOfJob, name)) return RankCount::of_job;
  return contains(kOfNode, name) ? RankCount::of_node : RankCount::none;
}

}  // namespace skyrun
