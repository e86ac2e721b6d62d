// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/job_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "launcher/exit_code.h"
#include "launcher/output/failure_report.h"
#include "launcher/output/outcome_table.h"

namespace skyrun {
namespace {

constexpr size_t kNamesShown = 4;
constexpr size_t kNoticesKept = 1024;

RankReport::End end_of(const RankOutcome& rank) {
  if (rank.lost) return RankReport::End::lost;
  if (rank.stopped) return RankReport::End::stopped;
  return rank.started ? RankReport::End::exited : RankReport::End::never_started;
}

/// "h3, h9 and 14 more"
std::string some_of(const std::vector<std::string>& names, size_t all) {
  std::vector<std::string> shown(
      names.begin(), names.begin() + static_cast<long>(std::min(names.size(), kNamesShown)));
  const std::string list = join(shown, ", ");
  return all > shown.size() ? fmt::format("{} and {} more", list, all - shown.size()) : list;
}

Origin::Kind kind_of(Stage stage, bool single) {
  if (stage == Stage::setup) return single ? Origin::Kind::single_setup : Origin::Kind::setup;
  return single ? Origin::Kind::single : Origin::Kind::rank;
}

/// Often enough for something that is said once a minute.
constexpr Millis kLookPeriod{1000};

}  // namespace

JobView::JobView(EventLoop& loop, Console& console, const JobSpec& job,
                 const std::vector<NodeSpec>& nodes, std::string subject,
                 std::vector<std::string> names)
    : console_(console),
      screen_(console.screen()),
      job_(job),
      nodes_(nodes),
      subject_(std::move(subject)),
      names_(std::move(names)),
      addresses_(nodes.size()),
      look_(loop, [this] { look_who_is_late(); }) {
  look_.repeat(kLookPeriod);
}

void JobView::begin(const std::string& entrypoint_line) {
  console_.say(entrypoint_line);
  console_.say(fmt::format("⚙︎ Job submitted, ID: {}", job_.id));
  console_.say(fmt::format("├── Waiting for task resources on {} node{}.", nodes_.size(),
                           nodes_.size() == 1 ? "" : "s"));
}

void JobView::on(const Progress& progress) {
  std::string text =
      fmt::format("{}{} {}/{}", to_text(progress.stage),
                  progress.stage == Stage::nodes ? " up" : "", progress.done, progress.total);
  const bool syncs = progress.stage == Stage::sync;
  if (syncs && sync_.sent != Tally()) text += ", " + sync_text(sync_);
  if (!progress.late.empty() && (progress.done > 0 || syncs)) {
    text += ", waiting for " + some_of(progress.late, progress.total - progress.done);
  }
  console_.status(text);
  console_.step(text);
  wait_report_.on(progress, text, console_.age());
}

/// A terminal has its status line.
void JobView::look_who_is_late() {
  const auto text = wait_report_.due(console_.age());
  if (text && !screen_.look().terminal) console_.notice(*text);
}

void JobView::on(const Placed& placed) {
  addresses_ = placed.addresses;
  if (!placed.refused) console_.step("the job has its place on every node");
  for (const auto& line : placed.notices) console_.notice(line);
  for (const auto line : split(placed.map, '\n')) {
    if (!line.empty()) console_.report(printable(line));
  }
}

void JobView::on(const StartStage& start) {
  console_.step(fmt::format("{} begins", to_text(start.stage)));
  if (start.stage == Stage::run)
    console_.say(
        fmt::format("└── {} started. Streaming logs... (Ctrl-C to stop the job)", subject_));
}

void JobView::on(const Output& output) {
  const bool single = nodes_.size() == 1 && job_.apps.empty();
  Origin origin{.kind = kind_of(output.stage, single),
                .name = single ? job_.name : name_of(output.node),
                .rank = output.rank.value,
                .pid = static_cast<int>(output.pid)};
  if (output.node != kHead && output.node.value < addresses_.size())
    origin.ip = addresses_[output.node.value];
  if (output.stream == Stream::err) return console_.rank_error(origin, output.bytes);
  screen_.output(origin, output.bytes);
}

/// What many nodes say is shown once; at the end, how many more there were.
void JobView::on(const Notice& notice) {
  if (notice.node.value >= nodes_.size()) return;  // no honest head says so
  const bool full = notices_.size() >= kNoticesKept;
  const auto known = notices_.find(notice.text);
  if (known != notices_.end()) {
    ++known->second;
  } else if (!full) {
    notices_.emplace(notice.text, 1);
    console_.notice(nodes_[notice.node.value].host + ": " + notice.text);
  } else if (!std::exchange(told_full_, true)) {
    console_.notice("the nodes have more to say than is shown");
  }
}

void JobView::on(const JobEnded& ended) {
  ended_ = ended;
  wait_report_.stop();
  console_.step(fmt::format("the job has ended: {}", to_text(ended.state)));
  console_.status("");
  screen_.finish();
  for (const auto& [text, nodes] : notices_) {
    if (nodes > 1) console_.notice(fmt::format("{} of {} nodes: {}", nodes, nodes_.size(), text));
  }
  for (const auto& each : ended.errors) console_.error(each);
  show_failure(ended);
  show_end();
}

void JobView::show_end() {
  const bool as_wanted = with_group_ && ended_.state == JobState::cancelled;
  const char* mark = ended_.state == JobState::succeeded ? "✓" : as_wanted ? "■" : "✗";
  console_.say(fmt::format("{} {} finished (status: {}).", mark, subject_, to_text(ended_.state)));
}

void JobView::show_failure(const JobEnded& ended) {
  std::vector<RankReport> reports;
  uint64_t order = 1;
  for (const auto& rank : ended.ranks) {
    if (rank.node.value >= nodes_.size()) continue;  // no honest head says so
    reports.push_back({.rank = rank.rank.value,
                       .node = nodes_[rank.node.value].host,
                       .pid = static_cast<int>(rank.pid),
                       .end = end_of(rank),
                       .status = rank.status,
                       .order = rank.first ? 0 : order++});
  }
  const bool in_program = ended.stage == Stage::setup || ended.stage == Stage::run;
  const bool failed = ended.state != JobState::succeeded && ended.state != JobState::cancelled;
  if (!failed || !in_program || first_failure(reports) == nullptr) return;
  if (!job_.apps.empty()) return show_failed_ranks(*first_failure(reports), reports);
  const std::string id = std::to_string(job_.id);
  const bool coloured = screen_.look().coloured;
  console_.report(ended.stage == Stage::setup ? setup_failure(id, reports, coloured)
                                              : run_failure(id, reports, coloured));
  if (nodes_.size() == 1) return;
  console_.report(outcome_table(reports));
}

/// Why a rank was not started is among the errors.
void JobView::show_failed_ranks(const RankReport& first, const std::vector<RankReport>& reports) {
  if (first.end == RankReport::End::exited)
    console_.error(fmt::format("rank {} on {}: {}", first.rank, first.node, to_text(first.status)));
  if (reports.size() > 1) console_.report(outcome_table(reports));
}

std::string JobView::name_of(NodeId node) const {
  if (node.value < names_.size()) return names_[node.value];
  return node == kHead ? "head" : fmt::format("worker{}", node.value);
}

void JobView::broken(const std::string& why) {
  console_.status("");
  screen_.finish();
  console_.error(why);
  show_end();
}

void JobView::given_up() {
  ended_.state = JobState::cancelled;
  console_.say(fmt::format("✗ {} not started (status: CANCELLED).", subject_));
}

int JobView::exit_code(bool propagate) const {
  if (ended_.state == JobState::succeeded) return exit_ok;
  for (const auto& rank : ended_.ranks) {
    if (propagate && rank.first && !rank.status.ok()) return rank.status.shell_code();
  }
  return ended_.state == JobState::cancelled ? exit_cancelled : exit_failed;
}

}  // namespace skyrun
