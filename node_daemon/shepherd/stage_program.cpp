// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <string_view>
#include <utility>
#include <vector>

#include "core/subprocess.h"
#include "node_daemon/shepherd/environment.h"
#include "node_daemon/shepherd/script.h"

namespace skyrun {
namespace {

std::vector<std::string> own_environment() {
  std::vector<std::string> environment;
  for (char** each = ::environ; *each != nullptr; ++each) environment.emplace_back(*each);
  return environment;
}

/// Where the system does not let a process have its own /etc/hosts, the job goes on without.
Result<pid_t> spawn_bash(Command& command) {
  auto pid = spawn(command);
  if (pid || command.hosts_file.empty()) return pid;
  command.on_notice("the job group's host names do not resolve here, no namespace to show them: " +
                    pid.error().text());
  command.hosts_file.clear();
  return spawn(command);
}

void take_seat(const RankSeat* seat, Command& command) {
  if (seat == nullptr) return;
  command.cpus = to_mask(seat->cpus);
  command.numa = seat->numa;
}

/// As the kernel has it now.
std::string binding_text(pid_t pid, const RankSeat* seat) {
  const std::string cpus = cpus_of(pid);
  if (seat == nullptr || seat->cpus.empty()) return "not bound, it may use CPUs " + cpus;
  return "bound to CPUs " + cpus +
         (seat->numa ? fmt::format(", its memory is preferred on NUMA node {}", *seat->numa) : "");
}

}  // namespace

Result<std::unique_ptr<StageProgram>> StageProgram::start(EventLoop& loop, Reaper& reaper,
                                                          const JobDirectories& directories,
                                                          const Prepare& prepare, Stage stage,
                                                          NodeId node, const std::string& home,
                                                          Events events) {
  const auto& commands = stage == Stage::setup ? prepare.job.setup : prepare.job.run;
  auto script = directories.write_script(
      stage, stage_script(exported_variables(prepare, stage, node), commands.value_or("")));
  if (!script) return tl::unexpected(std::move(script.error()));
  auto log = directories.open_log(stage);
  if (!log) return tl::unexpected(std::move(log.error()));
  auto pipe = make_pipe();
  if (!pipe) return tl::unexpected(std::move(pipe.error()));

  Command command{.argv = {"/bin/bash", "-i", *script},
                  .environment = process_environment(own_environment(), prepare.job, stage, node),
                  .directory = home,
                  .stdout_fd = pipe->second.get(),
                  .stderr_fd = pipe->second.get(),
                  .new_session = true,
                  .death_signal = SIGKILL,
                  .on_notice = events.on_notice};
  take_seat(seat_of(prepare.job, stage, node), command);
  if (!prepare.job.etc_hosts.empty()) {
    auto hosts = directories.write_hosts(prepare.job.etc_hosts);
    if (!hosts) return tl::unexpected(std::move(hosts.error()));
    command.hosts_file = std::move(*hosts);
  }
  auto pid = spawn_bash(command);
  if (!pid) return tl::unexpected(std::move(pid.error()));
  if (prepare.job.reports_bindings && stage == Stage::run)
    events.on_notice(fmt::format("rank {} is {}", node.value,
                                 binding_text(*pid, seat_of(prepare.job, stage, node))));

  std::unique_ptr<StageProgram> program(new StageProgram);
  program->pid_ = *pid;
  program->output_ = std::make_unique<OutputPump>(loop, std::move(pipe->first), std::move(*log),
                                                  std::move(events.on_output));
  reaper.watch(*pid,
               [self = program.get(), on_exit = std::move(events.on_exit)](ExitStatus status) {
                 self->running_ = false;
                 self->output_->drain();
                 on_exit(status);
               });
  return program;
}

}  // namespace skyrun
