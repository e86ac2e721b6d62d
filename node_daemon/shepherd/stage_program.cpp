// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_program.h"

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

/// Our environment with just the stage's view of the GPUs.
std::vector<std::string> process_environment(const JobSpec& job, Stage stage) {
  constexpr std::string_view kVisible = "CUDA_VISIBLE_DEVICES=";
  std::vector<std::string> environment;
  for (char** each = ::environ; *each != nullptr; ++each) {
    if (std::string_view(*each).substr(0, kVisible.size()) != kVisible)
      environment.emplace_back(*each);
  }
  if (const auto devices = visible_devices(job, stage))
    environment.push_back(std::string(kVisible) + *devices);
  return environment;
}

/// Where the system does not let a process have its own /etc/hosts, the job goes on without.
Result<pid_t> spawn_bash(Command& command, const OutputPump::Sink& on_output) {
  auto pid = spawn(command);
  if (pid || command.hosts_file.empty()) return pid;
  on_output(
      "skyrun: notice: the job group's host names do not resolve here, no namespace to show "
      "them: " +
      pid.error().text() + "\n");
  command.hosts_file.clear();
  return spawn(command);
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
                  .environment = process_environment(prepare.job, stage),
                  .directory = home,
                  .stdout_fd = pipe->second.get(),
                  .stderr_fd = pipe->second.get(),
                  .new_session = true,
                  .death_signal = SIGKILL};
  if (!prepare.job.etc_hosts.empty()) {
    auto hosts = directories.write_hosts(prepare.job.etc_hosts);
    if (!hosts) return tl::unexpected(std::move(hosts.error()));
    command.hosts_file = std::move(*hosts);
  }
  auto pid = spawn_bash(command, events.on_output);
  if (!pid) return tl::unexpected(std::move(pid.error()));

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
