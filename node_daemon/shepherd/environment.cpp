// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/environment.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "core/text.h"
#include "protocol/rank_template.h"

namespace skyrun {
namespace {

bool has(const Variables& variables, const std::string& name) {
  return std::any_of(variables.begin(), variables.end(),
                     [&name](const auto& each) { return each.first == name; });
}

uint32_t run_gpus(const JobSeats& seats) {
  return seats.gpus_are_schedulable ? seats.num_gpus : 0;
}

void append(Variables& to, const Variables& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The user's variables and those that SkyPilot sets at the same level.
void append_common(Variables& to, const JobSpec& job) {
  append(to, job.envs);
  append(to, job.secrets);
  if (!has(job.envs, "SKYPILOT_TASK_ID") && !has(job.secrets, "SKYPILOT_TASK_ID")) {
    to.emplace_back("SKYPILOT_TASK_ID", job.task_id);
  }
  to.emplace_back("SKYPILOT_CLUSTER_INFO", job.cluster_info);
  to.emplace_back("SKYPILOT_USER", job.user);
}

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

void set(std::vector<std::string>& environment, const std::string& name, const std::string& value) {
  std::erase_if(environment, [&name](const auto& each) { return name_of(each) == name; });
  environment.push_back(name + "=" + value);
}

/// What a seat sets; its defaults where `given` has none.
void take_seat(const RankSeat& seat, const std::vector<std::string>& given,
               std::vector<std::string>& environment) {
  for (const auto& [name, value] : seat.variables) set(environment, name, value);
  for (const auto& [name, value] : seat.defaults) {
    const auto has = std::ranges::any_of(
        given, [&wanted = name](const auto& each) { return name_of(each) == wanted; });
    if (!has) set(environment, name, value);
  }
}

}  // namespace

const RankSeat* seat_of(const JobSeats& seats, Stage stage, NodeId node, LocalRank local) {
  if (stage != Stage::run || node.value >= seats.seat_of.size()) return nullptr;
  const size_t place = size_t{seats.seat_of[node.value]} + local.value;
  return place < seats.seats.size() ? &seats.seats[place] : nullptr;
}

const App& app_of(const JobSpec& job, Rank rank) {
  uint32_t left = rank.value;
  for (const auto& app : job.apps) {
    if (left < app.ranks) return app;
    left -= app.ranks;
  }
  return job.apps.back();
}

Result<std::vector<std::string>> rank_environment(const std::vector<std::string>& ours,
                                                  const Prepare& prepare, const RankPlace& place) {
  const JobSpec& job = prepare.job;
  auto own = fill_in(app_of(job, place.rank).variables,
                     {.rank = place.rank.value,
                      .size = static_cast<uint32_t>(prepare.seats.ranks.size()),
                      .local_rank = place.local.value,
                      .local_size = place.local_size,
                      .node = place.node.value,
                      .nodes = job.num_nodes,
                      .node_ips = join(prepare.addresses, "\n")});
  if (!own) return tl::unexpected(std::move(own.error()));
  auto all = ours;
  for (const auto* variables : {&job.envs, &job.secrets}) {
    for (const auto& [name, value] : *variables) set(all, name, value);
  }
  if (const RankSeat* seat = seat_of(prepare.seats, Stage::run, place.node, place.local)) {
    const auto before = all;
    take_seat(*seat, before, all);
  }
  for (const auto& [name, value] : *own) set(all, name, value);
  return all;
}

std::vector<std::string> process_environment(const std::vector<std::string>& ours,
                                             const JobSeats& seats, Stage stage, NodeId node) {
  std::vector<std::string> all = ours;
  std::erase_if(all, [](const auto& each) {
    // Because of the latter, bash would read another file at its start.
    return name_of(each) == "CUDA_VISIBLE_DEVICES" || name_of(each) == "POSIXLY_CORRECT";
  });
  if (const auto devices = visible_devices(seats, stage))
    set(all, "CUDA_VISIBLE_DEVICES", *devices);
  const RankSeat* seat = seat_of(seats, stage, node);
  if (seat == nullptr) return all;
  take_seat(*seat, ours, all);
  return all;
}

Variables exported_variables(const Prepare& prepare, Stage stage, NodeId node) {
  const JobSpec& job = prepare.job;
  const std::string ips = join(prepare.addresses, "\n");
  const std::string rank = std::to_string(node.value);
  const std::string num_nodes = std::to_string(job.num_nodes);
  const std::string gpus = std::to_string(run_gpus(prepare.seats));

  Variables all{{"SKYPILOT_NODE_IPS", ips}};
  if (stage == Stage::setup) {
    append(all, {{"SKYPILOT_NODE_RANK", rank}, {"SKYPILOT_NUM_GPUS_PER_NODE", gpus}});
    append_common(all, job);
    append(all, {{"SKYPILOT_NUM_NODES", num_nodes},
                 {"SKYPILOT_SETUP_NODE_IPS", ips},
                 {"SKYPILOT_SETUP_NODE_RANK", rank},
                 {"SKYPILOT_SETUP_NUM_GPUS_PER_NODE", std::to_string(prepare.seats.num_gpus)}});
  } else {
    all.emplace_back("SKYPILOT_NUM_NODES", num_nodes);
    append_common(all, job);
    append(all, {{"SKYPILOT_NUM_GPUS_PER_NODE", gpus},
                 {"SKYPILOT_NODE_RANK", rank},
                 {"SKYPILOT_INTERNAL_JOB_ID", std::to_string(job.id)}});
  }
  return all;
}

Result<void> check_environments(const std::vector<std::string>& ours, const Prepare& prepare,
                                NodeId node, const ExecLimits& limits) {
  for (const Stage stage : {Stage::setup, Stage::run}) {
    const auto& script = stage == Stage::setup ? prepare.job.setup : prepare.job.run;
    if (!script) continue;
    std::map<std::string, std::string> all;
    for (const auto& each : process_environment(ours, prepare.seats, stage, node)) {
      const auto name = name_of(each);
      all[std::string(name)] = each.substr(std::min(each.size(), name.size() + 1));
    }
    for (const auto& [name, value] : exported_variables(prepare, stage, node)) all[name] = value;
    if (auto good = check_environment({all.begin(), all.end()}, limits); !good) return good;
  }
  return {};
}

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** each = ::environ; *each != nullptr; ++each) environment.emplace_back(*each);
  return environment;
}

std::optional<std::string> visible_devices(const JobSeats& seats, Stage stage) {
  if (stage == Stage::setup) return std::nullopt;
  std::vector<std::string> ids;
  for (uint32_t i = 0; i < run_gpus(seats); ++i) ids.push_back(std::to_string(i));
  return join(ids, ",");
}

}  // namespace skyrun
