// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/stage_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <string_view>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"

namespace skyrun {
namespace {

/// A shell that failed is to stop the other nodes: its filters have so long to pass on why.
constexpr Millis kLingerOfFailure{2000};
constexpr Millis kLookPeriod{1000};
/// Most of what is left behind ends before anybody wonders.
constexpr Millis kUntilSaid{3000};

/// Where the system does not let a process have its own /etc/hosts, the job goes on without.
Result<pid_t> spawn_here(Command& command) {
  auto pid = spawn(command);
  if (pid || command.hosts.empty()) return pid;
  command.on_notice("the job group's host names do not resolve here, no namespace to show them: " +
                    pid.error().text());
  command.hosts.clear();
  return spawn(command);
}

}  // namespace

Result<std::unique_ptr<StageProgram>> StageProgram::start(EventLoop& loop, Reaper& reaper,
                                                          StageLaunch launch, Stage stage,
                                                          Millis linger, Events events) {
  auto out = make_pipe();
  auto err = launch.apart ? make_pipe() : Result<FdPair>();
  if (!out || !err) return tl::unexpected(std::move((out ? err : out).error()));
  std::unique_ptr<StageProgram> program(
      new StageProgram(loop, reaper, std::move(launch.script), stage, linger, std::move(events)));
  Command& command = launch.command;
  command.stdout_fd = out->second.get();
  command.stderr_fd = launch.apart ? err->second.get() : command.stdout_fd;
  command.on_notice = program->events_.on_notice;
  auto pid = spawn_here(command);
  if (!pid) return tl::unexpected(std::move(pid.error()));
  program->pid_ = *pid;
  program->open_output(loop, Stream::out, std::move(out->first), std::move(launch.log));
  if (launch.apart) program->open_output(loop, Stream::err, std::move(err->first), Fd());
  reaper.watch(*pid, [self = program.get()](ExitStatus status) { self->on_exit(status); });
  return program;
}

StageProgram::StageProgram(EventLoop& loop, Reaper& reaper, StageScript script, Stage stage,
                           Millis linger, Events events)
    : reaper_(reaper),
      events_(std::move(events)),
      stage_(stage),
      linger_(linger),
      script_(std::move(script)),
      look_(loop, [this] { look(); }) {}

/// It may live on: whoever owns the family ends it.
StageProgram::~StageProgram() {
  if (running()) reaper_.forget(pid_);
}

void StageProgram::open_output(EventLoop& loop, Stream stream, Fd pipe, Fd log) {
  outputs_.push_back(std::make_unique<OutputPump>(
      loop, std::move(pipe), std::move(log),
      [this, stream](std::string pieces) { events_.on_output(stream, std::move(pieces)); },
      [this] {
        if (output_closed()) end_held();
      }));
}

bool StageProgram::output_closed() const {
  return std::ranges::all_of(outputs_, [](const auto& each) { return each->closed(); });
}

void StageProgram::set_reading(bool reading) {
  reading_ = reading;
  for (auto& each : outputs_) each->set_reading(reading);
}

void StageProgram::finish_output() {
  for (auto& each : outputs_) each->finish();
}

/// The processes that have some of its output open, each once.
std::string StageProgram::holders() const {
  std::set<std::string> names;
  for (const auto& each : outputs_) {
    for (auto& name : each->holders()) names.insert(std::move(name));
  }
  return join({names.begin(), names.end()}, ", ");
}

void StageProgram::on_exit(ExitStatus status) {
  state_ = State::held;
  end_ = {.status = status, .begun = script_.begun(), .stopped = stopping_};
  if (!status.ok()) linger_ = std::min(linger_, kLingerOfFailure);
  if (stopping_ || output_closed() || linger_.count() == 0) return end_held();
  look_.repeat(std::min(linger_, kLookPeriod));
}

void StageProgram::look() {
  if (!reading_) return;  // the client is full: what is left cannot get on
  held_ += std::min(linger_, kLookPeriod);
  const std::string names = holders();
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
  for (auto& each : outputs_) each->drain();
  if (output_closed()) finish_output();
  events_.on_end(end_);
}

}  // namespace skyrun
