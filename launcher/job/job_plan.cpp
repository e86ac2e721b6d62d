// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job_plan.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "core/text.h"
#include "fabric/tree.h"
#include "launcher/nodes/host_list.h"
#include "launcher/nodes/hostfile.h"

namespace skyrun {
namespace {

Result<std::vector<Host>> hosts_of(const Options& options) {
  if (options.hostfile) return load_hostfile(*options.hostfile);
  return parse_host_list(join(options.hosts, ","));
}

std::vector<Mount> mounts_of(const Task& task) {
  std::vector<Mount> mounts;
  if (task.workdir) mounts.push_back({.source = *task.workdir, .destination = "~/sky_workdir"});
  for (const auto& mount : task.file_mounts) {
    if (mount.kind == FileMount::Kind::local) mounts.push_back({mount.source, mount.destination});
  }
  return mounts;
}

Variables revealed(const std::vector<std::pair<std::string, Secret>>& secrets) {
  Variables variables;
  variables.reserve(secrets.size());
  for (const auto& [name, value] : secrets) variables.emplace_back(name, value.reveal());
  return variables;
}

LaunchOptions launch_options(const Options& options, uint32_t nodes) {
  LaunchOptions launch{.ssh_options = options.ssh_options,
                       .arity = options.tree_arity.value_or(default_arity(nodes)),
                       .start_timeout = options.start_timeout};
  launch.agent.clear();
  for (const auto word : split_words(options.launch_agent)) launch.agent.emplace_back(word);
  return launch;
}

}  // namespace

Result<NodePlan> choose_nodes(const Options& options, uint32_t num_nodes, const std::string& home) {
  if (options.hostfile || !options.hosts.empty()) {
    auto hosts = hosts_of(options);
    if (!hosts) return tl::unexpected(std::move(hosts.error()));
    return plan_hosts(*hosts, num_nodes, OwnNames::gather());
  }
  auto plan = plan_embedded(num_nodes, home);
  if (plan && !options.local) {
    plan->notices.push_back(
        fmt::format("no hosts given: running on {} embedded node{} of this machine, with homes "
                    "below ~/.skyrun/local",
                    num_nodes, num_nodes == 1 ? "" : "s"));
  }
  return plan;
}

Session::Plan plan_job(const Task& task, const NodePlan& nodes, const Options& options,
                       const JobIdentity& identity) {
  const Resources& resources = task.resources.first();
  Session::Plan plan{.nodes = nodes.nodes,
                     .mounts = mounts_of(task),
                     .launch = launch_options(options, static_cast<uint32_t>(nodes.nodes.size())),
                     .mode = options.launch};
  plan.job = {.id = identity.number,
              .name = task.name.value_or(""),
              .task_id = identity.task_id,
              .cluster_info = cluster_info(identity.cluster, nodes.embedded ? "Local" : "SSH", ""),
              .user = identity.user,
              .num_nodes = static_cast<uint32_t>(nodes.nodes.size()),
              .num_gpus = static_cast<uint32_t>(resources.setup_gpus_per_node()),
              .gpus_are_schedulable = resources.gpus_per_node() == resources.setup_gpus_per_node(),
              .envs = task.envs,
              .secrets = revealed(task.secrets),
              .setup = options.no_setup ? std::nullopt : task.setup,
              .run = task.run,
              .syncs_files = !plan.mounts.empty(),
              .grace = options.grace};
  return plan;
}

Result<std::string> find_daemon() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const auto& place : {self.parent_path() / "skyrund",
                            self.parent_path().parent_path() / "libexec/skyrun/skyrund"}) {
    if (::access(place.c_str(), X_OK) == 0) return place.string();
  }
  return failure(fmt::format("no skyrund beside {}: install both together", self.string()));
}

}  // namespace skyrun
