// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string_view>
#include <utility>
#include <vector>

#include "core/subprocess.h"
#include "core/text.h"
#include "node_daemon/shepherd/environment.h"

namespace skyrun {
namespace {

/// A shell that failed is to stop the other nodes: its filters have so long to pass on why.
constexpr Millis kLingerOfFailure{2000};
constexpr Millis kLookPeriod{1000};
/// Most of what is left behind ends before anybody wonders.
constexpr Millis kUntilSaid{3000};

/// Where the system does not let a process have its own /etc/hosts, the job goes on without.
Result<pid_t> spawn_bash(Command& command) {
  auto pid = spawn(command);
  if (pid || command.hosts.empty()) return pid;
  command.on_notice("the job group's host names do not resolve here, no namespace to show them: " +
                    pid.error().text());
  command.hosts.clear();
  return spawn(command);
}

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

/// As the kernel has it now.
std::string binding_text(pid_t pid, const RankSeat* seat) {
  const std::string cpus = cpus_of(pid);
  if (seat == nullptr || seat->cpus.empty()) return "not bound, it may use CPUs " + cpus;
  return "bound to CPUs " + cpus +
         (seat->numa ? fmt::format(", its memory is preferred on NUMA node {}", *seat->numa) : "");
}

}  // namespace

Result<std::unique_ptr<StageProgram>> StageProgram::start(EventLoop& loop, Reaper& reaper,
                                                          JobDirectories& directories,
                                                          const Prepare& prepare, Stage stage,
                                                          NodeId node, const std::string& home,
                                                          Events events) {
  const auto& commands = stage == Stage::setup ? prepare.job.setup : prepare.job.run;
  auto script =
      StageScript::write(stage, exported_variables(prepare, stage, node), commands.value_or(""),
                         directories.workdir().below_home(), reach_of_script(prepare.job));
  if (!script) return tl::unexpected(std::move(script.error()));
  auto log = directories.open_log(stage);
  if (!log) return tl::unexpected(std::move(log.error()));
  auto pipe = make_pipe();
  if (!pipe) return tl::unexpected(std::move(pipe.error()));

  std::unique_ptr<StageProgram> program(
      new StageProgram(loop, reaper, prepare, stage, std::move(events)));
  program->script_ = std::move(*script);
  Command command{.argv = program->script_.argv(),
                  .environment = process_environment(own_environment(), prepare.job, stage, node),
                  .directory = home,
                  .stdout_fd = pipe->second.get(),
                  .stderr_fd = pipe->second.get(),
                  .inherited = program->script_.inherited(),
                  .new_session = true,
                  .death_signal = SIGKILL,
                  .on_notice = program->events_.on_notice};
  take_seat(seat_of(prepare.job, stage, node), command);
  if (!prepare.job.etc_hosts.empty())
    command.hosts = read_file("/etc/hosts").value_or("") + "\n" + prepare.job.etc_hosts;
  auto pid = spawn_bash(command);
  if (!pid) return tl::unexpected(std::move(pid.error()));
  if (prepare.job.reports_bindings && stage == Stage::run)
    program->events_.on_notice(fmt::format("rank {} is {}", node.value,
                                           binding_text(*pid, seat_of(prepare.job, stage, node))));

  program->pid_ = *pid;
  program->open_output(loop, std::move(pipe->first), std::move(*log));
  reaper.watch(*pid, [self = program.get()](ExitStatus status) { self->on_exit(status); });
  return program;
}

StageProgram::StageProgram(EventLoop& loop, Reaper& reaper, const Prepare& prepare, Stage stage,
                           Events events)
    : reaper_(reaper),
      events_(std::move(events)),
      stage_(stage),
      linger_(prepare.job.linger),
      look_(loop, [this] { look(); }) {}

/// It may live on: whoever owns the family ends it.
StageProgram::~StageProgram() {
  if (running()) reaper_.forget(pid_);
}

void StageProgram::open_output(EventLoop& loop, Fd pipe, Fd log) {
  output_ = std::make_unique<OutputPump>(loop, std::move(pipe), std::move(log), events_.on_output,
                                         [this] { end_held(); });
}

void StageProgram::on_exit(ExitStatus status) {
  state_ = State::held;
  end_ = {.status = status, .begun = script_.begun(), .stopped = stopping_};
  if (!status.ok()) linger_ = std::min(linger_, kLingerOfFailure);
  if (stopping_ || output_->closed() || linger_.count() == 0) return end_held();
  look_.repeat(std::min(linger_, kLookPeriod));
}

void StageProgram::look() {
  if (!output_->reading()) return;  // the client is full: what is left cannot get on
  held_ += std::min(linger_, kLookPeriod);
  const std::string names = join(output_->holders(), ", ");
  // One look may miss who is just being started.
  looks_without_holder_ = names.empty() ? looks_without_holder_ + 1 : 0;
  const bool over = held_ >= linger_;
  if (end_.status.ok() && !names.empty()) say_who_is_left(names, over);
  if (over || looks_without_holder_ > 1) end_held();
}

void StageProgram::say_who_is_left(const std::string& names, bool over) {
  const auto seconds = std::chrono::duration<double>(linger_).count();
  if (over) {
    events_.on_notice(
        fmt::format("{} still holds the output of {} open, {:g} s after its shell ended: not "
                    "waiting any longer (--linger)",
                    names, to_text(stage_), seconds));
  } else if (held_ >= kUntilSaid && !std::exchange(said_, true)) {
    events_.on_notice(
        fmt::format("the shell of {} has ended, but its output is held open by {}: waiting for "
                    "that, {:g} s at most (--linger)",
                    to_text(stage_), names, seconds));
  }
}

void StageProgram::end_held() {
  if (state_ != State::held) return;
  state_ = State::ended;
  look_.stop();
  output_->drain();
  if (output_->closed()) output_->finish();
  events_.on_end(end_);
}

}  // namespace skyrun
