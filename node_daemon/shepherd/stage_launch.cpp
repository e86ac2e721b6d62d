// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_launch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "node_daemon/shepherd/environment.h"

namespace skyrun {
namespace {

/// Who is not root sees a job group's names in a user namespace.
StageScript::Reach reach_of_script(const JobSpec& job) {
  const bool in_namespace = !job.etc_hosts.empty() && ::geteuid() != 0;
  return in_namespace ? StageScript::Reach::inherited : StageScript::Reach::through_us;
}

void take_seat(const RankSeat* seat, Command& command) {
  if (seat == nullptr) return;
  command.cpus = to_mask(seat->cpus);
  command.numa = seat->numa;
}

}  // namespace

Result<StageLaunch> launch_script(const Prepare& prepare, Stage stage, NodeId node,
                                  const JobDirectories& directories, const std::string& home) {
  const JobSpec& job = prepare.job;
  const auto& commands = stage == Stage::setup ? job.setup : job.run;
  auto script =
      StageScript::write(stage, exported_variables(prepare, stage, node), commands.value_or(""),
                         directories.workdir().below_home(), reach_of_script(job));
  if (!script) return tl::unexpected(std::move(script.error()));
  auto log = directories.open_log(stage);
  if (!log) return tl::unexpected(std::move(log.error()));
  StageLaunch launch{
      .command = {.argv = script->argv(),
                  .environment = process_environment(own_environment(), job, stage, node),
                  .directory = home,
                  .inherited = script->inherited(),
                  .new_session = true,
                  .death_signal = SIGKILL},
      .log = std::move(*log)};
  launch.script = std::move(*script);
  take_seat(seat_of(job, stage, node), launch.command);
  if (!job.etc_hosts.empty())
    launch.command.hosts = read_file("/etc/hosts").value_or("") + "\n" + job.etc_hosts;
  return launch;
}

std::string binding_text(pid_t pid, const RankSeat* seat) {
  const std::string cpus = cpus_of(pid);
  if (seat == nullptr || seat->cpus.empty()) return "not bound, it may use CPUs " + cpus;
  return "bound to CPUs " + cpus +
         (seat->numa ? fmt::format(", its memory is preferred on NUMA node {}", *seat->numa) : "");
}

}  // namespace skyrun
