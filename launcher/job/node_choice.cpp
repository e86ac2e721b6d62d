// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/node_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/text.h"
#include "launcher/job/job_identity.h"
#include "launcher/nodes/batch_job.h"
#include "launcher/nodes/host_filter.h"
#include "launcher/nodes/host_list.h"
#include "launcher/nodes/hostfile.h"
#include "launcher/nodes/node_pools.h"
#include "launcher/nodes/ssh_hosts.h"
#include "launcher/task/infra.h"

namespace skyrun {
namespace {

constexpr const char* kSsh = "ssh";

/// The first candidate that asks for an SSH node pool.
const Resources* pool_candidate(const ResourceChoice& resources) {
  const auto& all = resources.candidates;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [](const Resources& one) { return one.infra.cloud == kSsh; });
  return found != all.end() ? &*found : nullptr;
}

/// Leaves the candidates that can be nodes of this pool.
void keep_candidates_of(const std::string& pool, ResourceChoice& resources) {
  const auto is_elsewhere = [&pool](const Resources& one) {
    const auto& [cloud, region, zone] = one.infra;
    return !cloud.empty() && (cloud != kSsh || (!region.empty() && region != pool));
  };
  auto& all = resources.candidates;
  all.erase(std::remove_if(all.begin(), all.end(), is_elsewhere), all.end());
}

/// Of --hostfile, of --host, or those of the file that the list names.
Result<std::vector<Host>> hosts_of(const Options& options) {
  auto of_list = options.hosts.empty() ? Result<std::vector<Host>>()
                                       : parse_host_list(join(options.hosts, ","));
  if (!of_list || !options.hostfile) return of_list;
  auto of_file = load_hostfile(*options.hostfile);
  if (!of_file || options.hosts.empty()) return of_file;
  return choose_hosts(*of_file, *of_list, *options.hostfile);
}

/// Stand-ins would all run on the first node of a batch job, which nobody means.
Result<void> check_grant(uint32_t count) {
  const auto job = find_batch_job([](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
  });
  if (!job || job->nodes.value_or(count) <= 1) return {};
  return failure(fmt::format(
      "this is a {} job{}, whose nodes skyrun does not find by itself yet: name them, with {}; or "
      "--local {} runs all on this one",
      job->system, job->nodes ? fmt::format(" of {} nodes", *job->nodes) : "", job->host_arguments,
      count));
}

}  // namespace

Result<NodeChoice> NodeChoice::make(const Options& options, const std::string& home) {
  NodeChoice choice;
  choice.home_ = home;
  choice.own_ = OwnNames::gather();
  choice.insists_on_tree_ = options.launch == LaunchMode::tree;
  for (const auto word : split_words(options.launch_agent)) choice.agent_.emplace_back(word);
  if (options.local) choice.local_ = static_cast<uint32_t>(*options.local);
  choice.hosts_given_ = options.hostfile || !options.hosts.empty();
  if (!choice.hosts_given_) return choice;
  auto hosts = hosts_of(options);
  if (!hosts) return tl::unexpected(std::move(hosts.error()));
  choice.places_.push_back({.hosts = std::move(*hosts)});
  return choice;
}

void NodeChoice::note(std::string text) {
  if (std::find(notices_.begin(), notices_.end(), text) == notices_.end())
    notices_.push_back(std::move(text));
}

Result<NodePlan> NodeChoice::take(uint32_t count, bool beside, ResourceChoice& resources) {
  auto place = place_for(resources);
  if (!place) return tl::unexpected(std::move(place.error()));
  const NodeShare share{.skip = beside ? (*place)->taken : 0, .count = count};
  if (!(*place)->hosts && local_ && share.skip + share.count > *local_)
    return failure(
        fmt::format("--local {}: {} {} nodes; without --local there are as many as are "
                    "asked for",
                    *local_, beside ? "the tasks of the group need" : "the task needs",
                    share.skip + share.count));
  if (!(*place)->hosts && !local_) {
    if (auto good = check_grant(count); !good) return tl::unexpected(std::move(good.error()));
  }
  auto plan = (*place)->hosts ? plan_on(*(*place)->hosts, share) : plan_embedded(share, home_);
  if (!plan && !(*place)->pool.empty())
    return tl::unexpected(std::move(plan.error()).within("pool " + (*place)->pool));
  if (!plan) return plan;
  plan->pool = (*place)->pool;
  if (!plan->pool.empty()) keep_candidates_of(plan->pool, resources);
  (*place)->taken += count;
  (*place)->most = std::max((*place)->most, share.skip + share.count);
  return plan;
}

Result<NodePlan> NodeChoice::take_all(std::optional<uint32_t> most, ResourceChoice& resources) {
  auto place = place_for(resources);
  if (!place) return tl::unexpected(std::move(place.error()));
  auto& hosts = (*place)->hosts;
  if (!hosts && !local_) {
    if (auto good = check_grant(1); !good) return tl::unexpected(std::move(good.error()));
    hosts = {Host{.name = "localhost"}};
  }
  const auto there = hosts ? static_cast<uint32_t>(hosts->size()) : *local_;
  return take(most.value_or(there), false, resources);
}

Result<NodePlan> NodeChoice::plan_on(const std::vector<Host>& hosts, NodeShare share) const {
  const auto chosen = share_of(hosts, share);
  if (!chosen) return tl::unexpected(chosen.error());
  const auto ask = [this](const auto& questions) { return ask_ssh(agent_, questions); };
  auto seen = is_ssh(agent_) ? look_up(*chosen, SshConfig::load(agent_), account_name(), ask)
                             : std::vector<SshHost>{};
  for (auto& host : seen) host.only_from_here = host.only_from_here && !insists_on_tree_;
  return plan_hosts(hosts, share, own_, seen);
}

Result<NodeChoice::Place*> NodeChoice::place_for(const ResourceChoice& resources) {
  const Resources* wanted = pool_candidate(resources);
  for (const auto& one : resources.candidates) {
    if (one.infra.cloud == "slurm") note("infra " + infra_text(one.infra) + " has no effect yet");
  }
  if (wanted != nullptr && !hosts_given_ && !local_) return open_pool(wanted->infra.region);
  if (wanted != nullptr) {
    note(fmt::format("{} wins over infra {}", local_ ? "--local" : "the host list",
                     infra_text(wanted->infra)));
  }
  const auto known = std::find_if(places_.begin(), places_.end(),
                                  [](const Place& place) { return place.pool.empty(); });
  if (known != places_.end()) return &*known;
  places_.emplace_back();
  return &places_.back();
}

/// `name` empty: the first of the file.
Result<NodeChoice::Place*> NodeChoice::open_pool(const std::string& name) {
  const auto known = std::find_if(places_.begin(), places_.end(), [&name](const Place& place) {
    return !name.empty() && place.pool == name;
  });
  if (known != places_.end()) return &*known;
  auto pool = load_node_pool(name, home_);
  if (!pool) {
    return tl::unexpected(
        std::move(pool.error()).within(name.empty() ? "infra ssh" : "infra ssh/" + name));
  }
  if (name.empty()) return open_pool(pool->name);
  for (auto& text : pool->notices) note(std::move(text));
  places_.push_back({.pool = pool->name, .hosts = std::move(pool->hosts)});
  return &places_.back();
}

std::vector<std::string> NodeChoice::notices() const {
  std::vector<std::string> all = notices_;
  for (const auto& place : places_) {
    if (!place.hosts && !local_) {
      all.push_back(fmt::format(
          "no hosts given: running on {} embedded node{} of this machine, with homes below "
          "~/.skyrun/local",
          place.most, place.most == 1 ? "" : "s"));
    }
    if (!place.hosts && local_ && *local_ > place.most) {
      all.push_back(
          fmt::format("using {} of {} embedded nodes, as num_nodes says", place.most, *local_));
    }
    if (place.hosts && place.hosts->size() > place.most) {
      all.push_back(fmt::format("using {} of {} hosts{}, as num_nodes says", place.most,
                                place.hosts->size(),
                                place.pool.empty() ? "" : " of pool " + place.pool));
    }
  }
  return all;
}

}  // namespace skyrun
