// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/crew.h"

#include <fmt/format.h>

#include <utility>

#include "node_daemon/shepherd/environment.h"
#include "node_daemon/shepherd/stage_launch.h"

namespace skyrun {
namespace {

constexpr int kNotFound = 127;  // as a shell has it

}  // namespace

template <class Action>
void Crew::for_each(Action action) {
  for (auto* stage : {&setup_, &run_}) {
    for (auto& member : *stage) {
      if (member.program) action(*member.program);
    }
  }
}

Result<void> Crew::start(Stage stage, const Place& place) {
  node_ = place.node;
  if (stage == Stage::setup || place.prepare.job.apps.empty()) return start_script(stage, place);
  start_apps(place);
  return {};
}

StageProgram::Events Crew::events_of(Stage stage, LocalRank local,
                                     std::function<void(StageProgram::End)> on_end) {
  return {.on_output =
              [this, stage, local](Stream stream, std::string pieces) {
                const Member& member = of(stage)[local.value];
                events_.send(Output{.node = node_,
                                    .stage = stage,
                                    .pid = static_cast<uint32_t>(member.program->pid()),
                                    .bytes = std::move(pieces),
                                    .rank = member.rank,
                                    .stream = stream});
              },
          .on_end = std::move(on_end),
          .on_notice = [this](std::string text) { notice(std::move(text)); }};
}

/// Alone on the node, its half line is its last; else what it left behind may still write.
void Crew::say_quiet(Stage stage) {
  if (stage == Stage::run && !stopping_ && !events_.anybody_left()) events_.send(NodeQuiet{node_});
}

// The shell of a task.

Result<void> Crew::start_script(Stage stage, const Place& place) {
  const JobSpec& job = place.prepare.job;
  auto launch = launch_script(place.prepare, stage, node_, place.directories, place.home);
  if (!launch) return tl::unexpected(std::move(launch.error()));
  auto program = StageProgram::start(
      loop_, reaper_, std::move(*launch), stage, job.linger,
      events_of(stage, LocalRank{0},
                [this, stage](StageProgram::End end) { on_script_end(stage, end); }));
  if (!program) return tl::unexpected(std::move(program.error()));
  if (job.reports_bindings && stage == Stage::run)
    notice(
        fmt::format("rank {} is {}", node_.value,
                    binding_text((*program)->pid(), seat_of(place.prepare.seats, stage, node_))));
  (*program)->set_reading(reading_);
  of(stage).push_back({Rank{node_.value}, std::move(*program)});
  return {};
}

void Crew::on_script_end(Stage stage, StageProgram::End end) {
  StageProgram& program = *of(stage)[0].program;
  if (!events_.anybody_left()) program.finish_output();
  // Whoever ended it has a say in how it ended; by itself, it did so in its start-up files.
  if (!end.begun && !end.stopped && end.status.signal == 0) {
    events_.send(
        StageEnded{.node = node_,
                   .stage = stage,
                   .error = "the shell ended before the task's first line: see ~/.bashrc"});
  } else {
    events_.send(StageEnded{.node = node_,
                            .stage = stage,
                            .pid = static_cast<uint32_t>(program.pid()),
                            .status = end.status,
                            .stopped = end.stopped});
  }
  say_quiet(stage);
}

// The ranks of apps.

void Crew::start_apps(const Place& place) {
  const auto here = place.prepare.seats.ranks.on_node(node_.value);
  ends_ = RankEnds(static_cast<uint32_t>(here.size()));
  for (const uint32_t rank : here) run_.push_back({Rank{rank}, nullptr});
  bool due = here.empty();
  for (uint32_t i = 0; i < here.size(); ++i) {
    auto program = start_rank(place, LocalRank{i});
    if (program) {
      (*program)->set_reading(reading_);
      run_[i].program = std::move(*program);
      continue;
    }
    due = ends_.add({.first = LocalRank{i},
                     .status = {.code = kNotFound},
                     .error = program.error().text()}) ||
          due;
  }
  if (due) say_ends();
}

Result<std::unique_ptr<StageProgram>> Crew::start_rank(const Place& place, LocalRank local) {
  const JobSpec& job = place.prepare.job;
  const RankPlace rank{node_, run_[local.value].rank, local, static_cast<uint32_t>(run_.size())};
  auto launch = launch_rank(place.prepare, rank, place.directories, place.home);
  if (!launch) return tl::unexpected(std::move(launch.error()));
  const std::string& wanted = app_of(job, rank.rank).directory;
  if (!wanted.empty() && launch->command.directory != wanted && !std::exchange(told_home_, true))
    notice(fmt::format("{} is not here: ranks start in {}", wanted, launch->command.directory));
  auto program = StageProgram::start(
      loop_, reaper_, std::move(*launch), Stage::run, job.linger,
      events_of(Stage::run, local,
                [this, local](StageProgram::End end) { on_rank_end(local, end); }));
  if (program && job.reports_bindings)
    notice(fmt::format(
        "rank {} is {}", rank.rank.value,
        binding_text((*program)->pid(), seat_of(place.prepare.seats, Stage::run, node_, local))));
  return program;
}

void Crew::on_rank_end(LocalRank local, StageProgram::End end) {
  const StageProgram& program = *run_[local.value].program;
  const bool due = ends_.add({.first = local,
                              .pid = static_cast<uint32_t>(program.pid()),
                              .status = end.status,
                              .stopped = end.stopped});
  if (due) say_ends();
}

void Crew::say_ends() {
  events_.send(
      StageEnded{.node = node_, .stage = Stage::run, .ranks = ends_.take(), .left = ends_.left()});
  if (ends_.left() == 0) say_quiet(Stage::run);
}

// The end.

void Crew::stop() {
  stopping_ = true;
  for_each([](StageProgram& program) { program.stop(); });
}

void Crew::set_reading(bool reading) {
  if (std::exchange(reading_, reading) == reading) return;
  for_each([reading](StageProgram& program) { program.set_reading(reading); });
}

void Crew::finish() {
  for_each([](StageProgram& program) {
    program.end_held();
    program.finish_output();
  });
}

}  // namespace skyrun
