// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/head/job_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "node_daemon/head/job_place.h"
#include "node_daemon/head/job_words.h"
#include "protocol/sync_window.h"

namespace skyrun {
namespace {

using std::chrono::milliseconds;

/// After one node could not be started, the time others have to fail too, so that all are named.
constexpr milliseconds kSettle{1000};
/// A parent gives up a child within the start timeout; its word must reach us.
constexpr milliseconds kReportMargin{1000};
/// Between the end of the grace time and our giving up on a node's silence.
constexpr milliseconds kStopMargin{10000};
/// Without its client a job has at most this long to end.
constexpr milliseconds kOrphanGrace{3000};

}  // namespace

JobRun::JobRun(JobSpec job, JobWishes wishes, const std::vector<NodeId>& nodes,
               const Cluster& cluster, milliseconds start_timeout, JobActions& actions)
    : wishes_(std::move(wishes)),
      prepare_{.job = std::move(job)},
      cluster_(cluster),
      start_timeout_(start_timeout),
      actions_(actions),
      roster_(nodes),
      grace_(prepare_.job.grace) {}

// The nodes stage.

void JobRun::start() {
  actions_.set_deadline(start_timeout_ + kReportMargin);
  for (auto& node : roster_.nodes()) {
    node.up = cluster_.is_up(node.id);
    const auto why_gone = cluster_.why_gone(node.id);
    if (!why_gone) continue;
    roster_.lose(node, false);
    errors_.push_back(*why_gone);
  }
  report_progress();
  check_nodes_stage();
}

void JobRun::on_up(NodeId id, const std::string& error) {
  Node* node = roster_.find(id);
  if (node == nullptr) return;
  node->up = true;
  if (!error.empty()) fail(JobState::failed_driver, error);
  if (phase_ == JobPhase::stopping) actions_.to_nodes(StopRanks{grace_});  // it came too late
  report_progress();
  check_nodes_stage();
}

void JobRun::check_nodes_stage() {
  if (phase_ != JobPhase::connecting || !roster_.all_known()) return;
  if (errors_.empty()) {
    handle(JobEvent::barrier);
  } else {
    fail(JobState::failed_driver, "");
  }
}

void JobRun::lose(Node& node, bool decides, bool stopped) {
  roster_.lose(node, stopped);
  if (runs_apps()) ranks_.lose(roster_.place_of(node), decides, stopped);
  if (stage_ == Stage::sync) sync_.settle(roster_.place_of(node));
}

void JobRun::on_gone(const Departure& departure) {
  const bool decides = departure.lost && !failed_ && phase_ != JobPhase::connecting;
  Node* culprit = roster_.find(departure.cause);
  const bool was_said = culprit != nullptr && culprit->failed;  // it lost its shepherd first
  for (const NodeId id : departure.nodes) {
    Node* node = roster_.find(id);
    if (node == nullptr || node->failed) continue;
    if (culprit == nullptr) culprit = node;  // the cause is no node of ours
    lose(*node, decides && node == culprit, node != culprit && failed_);
  }
  if (culprit == nullptr) return;
  if (was_said) return check_quiet();
  if (departure.lost) {
    if (culprit->outcome.lost) culprit->outcome.first = decides;
    fail(JobState::failed_driver, departure.error);
  } else {
    errors_.push_back(departure.error);
    settle();
  }
  check_quiet();
}

/// The node is there, and the job has no part in it any more.
void JobRun::on(const ShepherdLost& lost) {
  Node* node = roster_.find(lost.node);
  if (node == nullptr || node->failed) return;
  const bool decides = !failed_;
  lose(*node, decides, false);
  if (node->outcome.lost) node->outcome.first = decides;
  fail(JobState::failed_driver, fmt::format("{}: node lost: {}", name_of(*node), lost.why));
  check_quiet();
}

/// Others may fail to start for the same reason.
void JobRun::settle() {
  if (phase_ == JobPhase::connecting && !std::exchange(settling_, true))
    actions_.set_deadline(kSettle);
  check_nodes_stage();
}

void JobRun::give_up_start() {
  if (!settling_) add_errors(unheard(phase_, start_timeout_, roster_, cluster_));
  fail(JobState::failed_driver, "");
}

// Between nodes and sync.

/// Holds the job against what its nodes are, and says what came of it.
void JobRun::take_place() {
  auto place = place_job(wishes_, roster_.ids(), cluster_);
  for (const auto& notice : place.notices) actions_.to_observers(notice);
  if (place.placed) actions_.to_observers(*place.placed);
  if (!place.errors.empty()) {
    add_errors(place.errors);
    return fail(JobState::failed_driver, "");
  }
  prepare_.addresses = std::move(place.placed->addresses);
  prepare_.seats = std::move(place.seats);
  if (job().group.empty()) handle(JobEvent::barrier);
}

/// The members of its group have found each other.
void JobRun::on(const Introduce& introduce) {
  if (phase_ != JobPhase::placing) return;
  prepare_.etc_hosts = introduce.etc_hosts;
  handle(JobEvent::barrier);
}

/// One workdir for the whole job: a path that a rank gives to another means the same on both.
void JobRun::prepare_nodes() {
  if (auto fits = check_size(prepare_); !fits)
    return fail(JobState::failed_driver, fits.error().text());
  is_told_ = true;
  actions_.set_deadline(start_timeout_ + kReportMargin);
  actions_.to_nodes(prepare_);
}

void JobRun::on(const Prepared& prepared) {
  Node* node = roster_.find(prepared.node);
  if (node == nullptr || !is_told_ || node->failed || std::exchange(node->prepared, true)) return;
  own_workdir_ = own_workdir_ || prepared.workdir_taken;
  if (!prepared.error.empty())  // also of those that come when one has ended the job: all are named
    return fail(JobState::failed_driver, fmt::format("{}: {}", name_of(*node), prepared.error));
  if (phase_ == JobPhase::preparing && roster_.all_prepared()) handle(JobEvent::barrier);
}

// The stages with programs.

void JobRun::begin_stage(Stage stage) {
  stage_ = stage;
  roster_.begin_stage();
  if (stage == Stage::sync) sync_ = SyncProgress(roster_.size());
  if (runs_apps()) ranks_ = RankOutcomes(prepare_.seats.ranks, roster_.ids());
  const bool has_work = stage == Stage::sync    ? job().syncs_files
                        : stage == Stage::setup ? job().setup.has_value()
                                                : job().run || !job().apps.empty();
  if (!has_work) return handle(JobEvent::barrier);
  report_progress();
  actions_.to_nodes(StartStage{stage, own_workdir_});
}

void JobRun::on(const StageEnded& ended) {
  Node* node = roster_.find(ended.node);
  if (node == nullptr || ended.stage != stage_) return;
  if (node->failed || node->ended) return;  // what has been decided stays so
  if (runs_apps() && ended.error.empty()) return on_ranks_ended(*node, ended);
  node->ended = true;
  if (stage_ == Stage::sync) sync_.settle(roster_.place_of(*node));
  const bool bad = !ended.error.empty() || !ended.status.ok();
  const bool decides = bad && !failed_ && !ended.stopped;
  node->outcome = {.rank = node->outcome.rank,
                   .node = ended.node,
                   .pid = ended.pid,
                   .status = ended.status,
                   .started = ended.pid != 0,
                   .stopped = ended.stopped || (failed_ && !ended.status.ok()),
                   .first = decides};
  std::string error = ended.error.empty() ? "" : fmt::format("{}: {}", name_of(*node), ended.error);
  if (decides) {
    const JobState by_program =
        ended.stage == Stage::setup ? JobState::failed_setup : JobState::failed;
    const JobState state = error.empty() ? by_program : JobState::failed_driver;
    return fail(state, std::move(error));
  }
  if (!error.empty() && !ended.stopped) errors_.push_back(std::move(error));
  report_progress();
  if (stage_ == Stage::sync) await_files();
  check_barrier();
}

void JobRun::on_ranks_ended(Node& node, const StageEnded& ended) {
  node.ended = ended.left == 0;
  const auto first = ranks_.take(roster_.place_of(node), ended, failed_);
  if (first && !first->error.empty())
    errors_.push_back(
        fmt::format("rank {} on {}: {}", first->rank.value, name_of(node), first->error));
  if (first) return fail(JobState::failed, "");
  report_progress();
  check_barrier();
}

void JobRun::check_barrier() {
  if (stage_ == Stage::nodes || stage_of(phase_) != stage_ || failed_) return;
  if (roster_.all_ended()) handle(JobEvent::barrier);
}

// Files.

void JobRun::on(const SyncSent& sent) {
  const bool were_due = sync_.nodes_are_due();
  sync_.on_sent(sent.bytes);
  if (!were_due) await_files();
}

void JobRun::on(const SyncTaken& taken) {
  const Node* node = roster_.find(taken.node);
  if (node == nullptr || phase_ != JobPhase::syncing) return;
  if (!sync_.on_taken(roster_.place_of(*node), taken.bytes)) return;
  await_files();
  if (sync_.taken() >= taken_told_ + kSyncStep || sync_.all_taken()) report_progress();
}

/// From now on the slowest nodes have so long to take more of the files.
void JobRun::await_files() {
  const auto patience = job().sync_timeout;
  if (phase_ != JobPhase::syncing || patience.count() == 0) return;
  if (sync_.nodes_are_due()) actions_.set_deadline(patience);
}

void JobRun::give_up_sync() {
  if (job().sync_timeout.count() == 0 || !sync_.nodes_are_due()) return;
  add_errors(stuck_in_sync(sync_, job().sync_timeout, roster_, cluster_));
  fail(JobState::failed_driver, "");
}

// The end.

void JobRun::add_errors(const std::vector<std::string>& errors) {
  errors_.insert(errors_.end(), errors.begin(), errors.end());
}

void JobRun::fail(JobState state, std::string error) {
  if (!error.empty()) errors_.push_back(std::move(error));
  if (!std::exchange(failed_, true)) state_ = state;
  handle(JobEvent::failure);
}

void JobRun::on(const Cancel& cancel) {
  if (cancel.at_once) grace_ = milliseconds(0);
  const bool again = phase_ == JobPhase::stopping;
  add_errors(cancel.errors);
  fail(cancel.errors.empty() ? JobState::cancelled : JobState::failed_driver, "");
  if (again && cancel.at_once) begin_stopping();
}

void JobRun::on_client_lost(const std::vector<NodeId>& unreachable) {
  for (const NodeId id : unreachable) {
    if (Node* node = roster_.find(id)) node->failed = true;
  }
  const bool shorter = grace_ > kOrphanGrace;
  grace_ = std::min(grace_, kOrphanGrace);
  const bool again = phase_ == JobPhase::stopping;
  fail(JobState::cancelled, "the client is gone");
  if (again && shorter) begin_stopping();
  check_quiet();
}

void JobRun::begin_stopping() {
  actions_.set_deadline(grace_ + kStopMargin);
  check_quiet();
  if (phase_ == JobPhase::stopping) actions_.to_nodes(StopRanks{grace_});
}

void JobRun::on(const NodeQuiet& quiet) {
  Node* node = roster_.find(quiet.node);
  if (node == nullptr) return;
  node->quiet = true;
  check_quiet();
}

/// Nodes that were never told of it have nothing to end.
void JobRun::check_quiet() {
  if (phase_ != JobPhase::stopping) return;
  if (!is_told_ || roster_.all_quiet()) handle(JobEvent::all_quiet);
}

void JobRun::give_up_processes() {
  for (auto& node : roster_.nodes()) {
    if (node.quiet || node.failed || !node.up) continue;
    errors_.push_back(fmt::format("{}: its processes could not be ended in time", name_of(node)));
    node.quiet = true;
  }
  check_quiet();
}

void JobRun::on_deadline() {
  if (phase_ == JobPhase::connecting || phase_ == JobPhase::preparing) return give_up_start();
  if (phase_ == JobPhase::syncing) return give_up_sync();
  if (phase_ == JobPhase::stopping) give_up_processes();
}

void JobRun::handle(JobEvent event) {
  const JobPhase to = next(phase_, event);
  if (to == phase_) return;
  phase_ = to;
  enter(to);
}

void JobRun::enter(JobPhase phase) {
  if (phase == JobPhase::placing) return take_place();
  if (phase == JobPhase::preparing) return prepare_nodes();
  if (phase == JobPhase::stopping) return begin_stopping();
  if (phase == JobPhase::finished) return finish();
  begin_stage(stage_of(phase));
}

void JobRun::finish() {
  for (const auto& node : roster_.nodes()) {
    // Who was not told of it has none, nor ever will.
    if (!node.up || !is_told_) actions_.to_observers(OutputEnd{node.id});
  }
  actions_.to_observers(JobEnded{.state = state_,
                                 .stage = stage_,
                                 .ranks = runs_apps() ? ranks_.all() : roster_.outcomes(),
                                 .errors = errors_});
  actions_.to_nodes(JobOver{});
}

// What the person sees.

void JobRun::report_progress() {
  if (phase_ == JobPhase::stopping || phase_ == JobPhase::finished) return;
  const auto progress = progress_of(phase_, stage_, roster_, sync_, cluster_);
  taken_told_ = progress.taken;
  actions_.to_observers(progress);
}

}  // namespace skyrun
