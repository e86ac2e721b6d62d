// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_launch.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"

namespace skyrun {
namespace {

/// Who is not root sees a job group's names in a user namespace.
StageScript::Reach reach_of_script(const Prepare& prepare) {
  const bool in_namespace = !prepare.etc_hosts.empty() && ::geteuid() != 0;
  return in_namespace ? StageScript::Reach::inherited : StageScript::Reach::through_us;
}

void take_seat(const RankSeat* seat, Command& command) {
  if (seat == nullptr) return;
  command.cpus = to_mask(seat->cpus);
  command.numa = seat->numa;
}

/// Looked up as execvp(3) does, but in the PATH that it will have itself.
Result<std::string> find_program(const std::string& name,
                                 const std::vector<std::string>& environment) {
  if (name.find('/') != std::string::npos) return name;
  constexpr std::string_view kPath = "PATH=";
  std::string_view path = "/usr/local/bin:/usr/bin:/bin";
  for (const std::string& each : environment) {
    if (each.starts_with(kPath)) path = std::string_view(each).substr(kPath.size());
  }
  for (const auto directory : split(path, ':')) {
    std::string file = fmt::format("{}/{}", directory.empty() ? "." : directory, name);
    struct stat status {};
    const bool is_file = ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (is_file && ::access(file.c_str(), X_OK) == 0) return file;
  }
  return failure(name + ": no such program in PATH");
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<std::string> directory_of(const App& app, const JobDirectories& directories,
                                 const std::string& home) {
  if (app.directory.empty()) return directories.workdir().path();
  if (is_directory(app.directory)) return app.directory;
  if (app.insists) return failure(app.directory + ": no such directory (--wdir)");
  return home;
}

}  // namespace

Result<StageLaunch> launch_script(const Prepare& prepare, Stage stage, NodeId node,
                                  const JobDirectories& directories, const std::string& home) {
  const JobSpec& job = prepare.job;
  const auto& commands = stage == Stage::setup ? job.setup : job.run;
  auto script =
      StageScript::write(stage, exported_variables(prepare, stage, node), commands.value_or(""),
                         directories.workdir().below_home(), reach_of_script(prepare));
  if (!script) return tl::unexpected(std::move(script.error()));
  auto log = directories.open_log(stage);
  if (!log) return tl::unexpected(std::move(log.error()));
  StageLaunch launch{
      .command = {.argv = script->argv(),
                  .environment = process_environment(own_environment(), prepare.seats, stage, node),
                  .directory = home,
                  .inherited = script->inherited(),
                  .new_session = true,
                  .death_signal = SIGKILL},
      .log = std::move(*log)};
  launch.script = std::move(*script);
  take_seat(seat_of(prepare.seats, stage, node), launch.command);
  if (!prepare.etc_hosts.empty())
    launch.command.hosts = read_file("/etc/hosts").value_or("") + "\n" + prepare.etc_hosts;
  return launch;
}

Result<StageLaunch> launch_rank(const Prepare& prepare, const RankPlace& place,
                                const JobDirectories& directories, const std::string& home) {
  const App& app = app_of(prepare.job, place.rank);
  auto environment = rank_environment(own_environment(), prepare, place);
  if (!environment) return tl::unexpected(std::move(environment.error()));
  auto program = find_program(app.argv[0], *environment);
  if (!program) return tl::unexpected(std::move(program.error()));
  auto directory = directory_of(app, directories, home);
  if (!directory) return tl::unexpected(std::move(directory.error()));
  StageLaunch launch{.command = {.argv = app.argv,
                                 .program = std::move(*program),
                                 .environment = std::move(*environment),
                                 .directory = std::move(*directory),
                                 .new_session = true,
                                 .death_signal = SIGKILL},
                     .apart = true};
  take_seat(seat_of(prepare.seats, Stage::run, place.node, place.local), launch.command);
  return launch;
}

std::string binding_text(pid_t pid, const RankSeat* seat) {
  const std::string cpus = cpus_of(pid);
  if (seat == nullptr || seat->cpus.empty()) return "not bound, it may use CPUs " + cpus;
  return "bound to CPUs " + cpus +
         (seat->numa ? fmt::format(", its memory is preferred on NUMA node {}", *seat->numa) : "");
}

}  // namespace skyrun
