// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/job_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "node_daemon/node_addresses.h"
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
constexpr size_t kMaxLateNames = 8;
/// What all nodes say of themselves goes on in one frame, their addresses in another with the job.
constexpr size_t kMaxFactsBytes = size_t{7} << 20U;

size_t size_of(const NodeFacts& facts) {
  constexpr size_t kRest = 32;  // numbers, and what stands between
  size_t size = facts.hostname.size() + facts.address.size() + facts.why_no_machine.size() + kRest;
  for (const auto& uuid : facts.gpu_uuids) size += uuid.size() + 2;
  for (const auto& each : facts.addresses)
    size += each.interface.size() + each.address.size() + kRest;
  return size;
}

struct Reader {
  JobRun& job;
  void operator()(const Approve& m) const { job.on_approve(m); }
  void operator()(const Cancel& m) const { job.on_cancel(m); }
  void operator()(const SyncSent& m) const { job.on_sync_sent(m.bytes); }
  void operator()(const Prepared& m) const { job.on_prepared(m); }
  void operator()(const StageEnded& m) const { job.on_stage_ended(m); }
  void operator()(const SyncTaken& m) const { job.on_sync_taken(m); }
  void operator()(const NodeQuiet& m) const { job.on_quiet(m.node); }
};

}  // namespace

JobRun::JobRun(Submit submit, Tree tree, milliseconds start_timeout, JobActions& actions)
    : submit_(std::move(submit)),
      forest_(tree, submit_.nodes),
      start_timeout_(start_timeout),
      actions_(actions),
      nodes_(submit_.nodes.size()),
      grace_(submit_.job.grace) {
  for (size_t i = 0; i < nodes_.size(); ++i) nodes_[i].outcome.node = submit_.nodes[i].id;
}

void JobRun::start() {
  actions_.set_deadline(start_timeout_ + kReportMargin);
  report_progress();
}

void JobRun::read(const JobWord& word) {
  std::visit(Reader{*this}, word);
}

std::string JobRun::name_of(NodeId node) const {
  return submit_.nodes[node.value].host;
}

// The nodes stage.

void JobRun::on_hello(const Hello& hello) {
  if (hello.node.value >= nodes_.size()) return;
  Node& node = nodes_[hello.node.value];
  if (node.failed || node.up) return;
  node.up = true;
  node.facts = hello.facts;
  node.machine = place_of(hello.machine);
  facts_bytes_ += size_of(hello.facts);
  if (facts_bytes_ > kMaxFactsBytes) {
    fail(JobState::failed_driver,
         fmt::format("{}: says more of itself than can be passed on", name_of(hello.node)));
  }
  if (phase_ == JobPhase::stopping) actions_.to_nodes(StopRanks{grace_});  // it came too late
  report_progress();
  check_nodes_stage();
}

void JobRun::on_start_failed(const StartFailed& failed) {
  if (failed.node.value >= nodes_.size() || adopt(failed)) return;
  lose(failed.node);
  const bool is_client = failed.by == kClient || submit_.nodes[failed.by.value].local;
  errors_.push_back(fmt::format("{}: {}", name_of(failed.node),
                                to_text(failed, is_client ? "" : name_of(failed.by))));
  if (phase_ == JobPhase::connecting && !std::exchange(settling_, true))
    actions_.set_deadline(kSettle);
  check_nodes_stage();
  check_quiet();
}

/// Where a parent is refused by a child's host, the client may not be: it holds the person's keys.
bool JobRun::adopt(const StartFailed& failed) {
  // The client's own machine has the client's keys.
  const bool as_client = failed.by != kClient && submit_.nodes[failed.by.value].local;
  if (!submit_.may_adopt || !failed.refused || failed.by == kClient || as_client) return false;
  if (phase_ != JobPhase::connecting) return false;
  Adopt request{.why = fmt::format("{} cannot start {}: {}", name_of(failed.by),
                                   name_of(failed.node), failed.why)};
  for (size_t i = 0; i < nodes_.size(); ++i) {
    const NodeId id = submit_.nodes[i].id;
    if (forest_.hangs_below(id, failed.node)) request.nodes.push_back(id);
  }
  for (const NodeId id : request.nodes) forest_.cut(id);
  actions_.to_client(request);
  return true;
}

void JobRun::check_nodes_stage() {
  if (phase_ != JobPhase::connecting) return;
  const auto known = [](const Node& node) { return node.up || node.failed; };
  if (!std::all_of(nodes_.begin(), nodes_.end(), known)) return;
  if (errors_.empty()) {
    handle(JobEvent::barrier);
  } else {
    fail(JobState::failed_driver, "");
  }
}

// Between nodes and sync.

uint32_t JobRun::place_of(const std::string& machine) {
  const auto found = std::find(machines_.begin(), machines_.end(), machine);
  const auto place = static_cast<uint32_t>(found - machines_.begin());
  if (found == machines_.end()) {
    machines_.push_back(machine);
    facts_bytes_ += machine.size();
  }
  return place;
}

/// Settles by which addresses the nodes know each other. False where one has none that may be used.
bool JobRun::introduce_nodes() {
  std::vector<NodeFacts> facts;
  std::vector<bool> fixed;
  for (size_t i = 0; i < nodes_.size(); ++i) {
    facts.push_back(nodes_[i].facts);
    fixed.push_back(!submit_.nodes[i].home.empty());
    if (!facts[i].address.empty()) continue;
    std::vector<std::string> has;
    for (const auto& each : facts[i].addresses) has.push_back(each.interface + " " + each.address);
    errors_.push_back(
        fmt::format("{}: no address of the interface that --interface names; it has {}",
                    submit_.nodes[i].host, has.empty() ? "none" : join(has, ", ")));
  }
  if (!errors_.empty()) return false;
  const auto chosen = choose_addresses(facts, fixed);
  for (size_t i = 0; i < nodes_.size(); ++i) nodes_[i].facts.address = chosen[i];
  name_twins(facts);
  return true;
}

/// Nodes that are one machine share its files and its cores, which the person may not have meant.
void JobRun::name_twins(const std::vector<NodeFacts>& facts) {
  const auto first = first_of_machine(facts);
  for (uint32_t i = 0; i < first.size(); ++i) {
    if (first[i] == i || !submit_.nodes[i].home.empty()) continue;
    actions_.to_client(Notice{.node = NodeId{i},
                              .text = fmt::format("the same machine as {} ({})",
                                                  name_of(NodeId{first[i]}), facts[i].hostname)});
  }
}

void JobRun::ask_for_approval() {
  if (!introduce_nodes()) return fail(JobState::failed_driver, "");
  if (!submit_.job.awaits_approval) return handle(JobEvent::barrier);
  Inventory inventory{.machines = machines_};
  for (const auto& node : nodes_) {
    inventory.facts.push_back(node.facts);
    inventory.machine_of.push_back(node.machine);
  }
  actions_.to_client(inventory);
}

void JobRun::on_approve(const Approve& approve) {
  if (phase_ != JobPhase::approving) return;
  submit_.job = approve.job;
  handle(JobEvent::barrier);
}

/// One workdir for the whole job: a path that a rank gives to another means the same on both.
void JobRun::prepare_nodes() {
  Prepare prepare{.job = submit_.job};
  for (const auto& node : nodes_) prepare.addresses.push_back(node.facts.address);
  is_told_ = true;
  actions_.set_deadline(start_timeout_ + kReportMargin);
  actions_.to_nodes(prepare);
}

void JobRun::on_prepared(const Prepared& prepared) {
  if (prepared.node.value >= nodes_.size() || !is_told_) return;
  Node& node = nodes_[prepared.node.value];
  if (node.failed || std::exchange(node.prepared, true)) return;
  own_workdir_ = own_workdir_ || prepared.workdir_taken;
  if (!prepared.error.empty())  // also of those that come when one has ended the job: all are named
    return fail(JobState::failed_driver,
                fmt::format("{}: {}", name_of(prepared.node), prepared.error));
  if (phase_ != JobPhase::preparing) return;
  if (std::all_of(nodes_.begin(), nodes_.end(), [](const Node& each) { return each.prepared; }))
    handle(JobEvent::barrier);
}

// Loss.

/// The node is gone, and with it what hangs below it in the tree.
void JobRun::lose(NodeId id) {
  for (size_t i = 0; i < nodes_.size(); ++i) {
    Node& node = nodes_[i];
    if (node.failed || !forest_.hangs_below(submit_.nodes[i].id, id)) continue;
    node.failed = true;
    if (stage_ == Stage::sync) sync_.settle(i);
    // A rank that had failed by itself before is shown with its own end.
    if (node.ended && !node.outcome.status.ok()) continue;
    node.outcome.lost = true;
    node.outcome.stopped = i != id.value && failed_;
  }
}

void JobRun::on_node_lost(const NodeLost& lost) {
  if (lost.node.value >= nodes_.size() || nodes_[lost.node.value].failed) return;
  const bool first = !failed_ && phase_ != JobPhase::connecting;
  lose(lost.node);
  if (nodes_[lost.node.value].outcome.lost) nodes_[lost.node.value].outcome.first = first;
  fail(JobState::failed_driver, fmt::format("{}: node lost: {}", name_of(lost.node), lost.why));
  check_quiet();
}

// The stages with programs.

void JobRun::begin_stage(Stage stage) {
  stage_ = stage;
  for (auto& node : nodes_) {
    node.ended = false;
    node.quiet = false;
    node.outcome = {.node = node.outcome.node};
  }
  if (stage == Stage::sync) {
    sync_ = SyncProgress(nodes_.size());
  }
  const bool has_work = stage == Stage::sync    ? submit_.job.syncs_files
                        : stage == Stage::setup ? submit_.job.setup.has_value()
                                                : submit_.job.run.has_value();
  if (!has_work) return handle(JobEvent::barrier);
  report_progress();
  actions_.to_nodes(StartStage{stage, own_workdir_});
}

void JobRun::on_stage_ended(const StageEnded& ended) {
  if (ended.node.value >= nodes_.size() || ended.stage != stage_) return;
  Node& node = nodes_[ended.node.value];
  if (node.failed || node.ended) return;  // what has been decided stays so
  node.ended = true;
  if (stage_ == Stage::sync) sync_.settle(ended.node.value);
  node.outcome.pid = ended.pid;
  node.outcome.status = ended.status;
  node.outcome.started = ended.pid != 0;
  node.outcome.stopped = ended.stopped || (failed_ && !ended.status.ok());
  const bool bad = !ended.error.empty() || !ended.status.ok();
  if (bad && !failed_ && !ended.stopped) {
    node.outcome.first = true;
    const JobState by_program =
        ended.stage == Stage::setup ? JobState::failed_setup : JobState::failed;
    fail(ended.error.empty() ? by_program : JobState::failed_driver,
         ended.error.empty() ? "" : fmt::format("{}: {}", name_of(ended.node), ended.error));
    return;
  }
  if (!ended.error.empty() && !ended.stopped)
    errors_.push_back(fmt::format("{}: {}", name_of(ended.node), ended.error));
  report_progress();
  if (stage_ == Stage::sync) await_files();
  check_barrier();
}

// Files.

void JobRun::on_sync_sent(uint64_t bytes) {
  const bool were_due = sync_.nodes_are_due();
  sync_.on_sent(bytes);
  if (!were_due) await_files();
}

void JobRun::on_sync_taken(const SyncTaken& taken) {
  if (taken.node.value >= nodes_.size() || phase_ != JobPhase::syncing) return;
  if (!sync_.on_taken(taken.node.value, taken.bytes)) return;
  await_files();
  if (sync_.taken() >= taken_told_ + kSyncStep || sync_.all_taken()) report_progress();
}

/// From now on the slowest nodes have so long to take more of the files.
void JobRun::await_files() {
  const auto patience = submit_.job.sync_timeout;
  if (phase_ != JobPhase::syncing || patience.count() == 0) return;
  if (sync_.nodes_are_due()) actions_.set_deadline(patience);
}

void JobRun::give_up_sync() {
  if (submit_.job.sync_timeout.count() == 0 || !sync_.nodes_are_due()) return;
  const auto stuck = sync_.slowest();
  const double seconds = std::chrono::duration<double>(submit_.job.sync_timeout).count();
  for (size_t i = 0; i < std::min(stuck.size(), kMaxLateNames); ++i) {
    errors_.push_back(fmt::format(
        "{}: sync has made no progress for {:g} s: see to the disk of its home, or give "
        "it more time with --sync-timeout",
        submit_.nodes[stuck[i]].host, seconds));
  }
  if (stuck.size() > kMaxLateNames)
    errors_.push_back(fmt::format("and so for {} more nodes", stuck.size() - kMaxLateNames));
  fail(JobState::failed_driver, "");
}

void JobRun::check_barrier() {
  if (stage_ == Stage::nodes || stage_of(phase_) != stage_ || failed_) return;
  if (std::all_of(nodes_.begin(), nodes_.end(), [](const Node& node) { return node.ended; })) {
    handle(JobEvent::barrier);
  }
}

// The end.

void JobRun::fail(JobState state, std::string error) {
  if (!error.empty()) errors_.push_back(std::move(error));
  if (!std::exchange(failed_, true)) state_ = state;
  handle(JobEvent::failure);
}

void JobRun::on_cancel(const Cancel& cancel) {
  if (cancel.at_once) grace_ = milliseconds(0);
  const bool again = phase_ == JobPhase::stopping;
  errors_.insert(errors_.end(), cancel.errors.begin(), cancel.errors.end());
  fail(cancel.errors.empty() ? JobState::cancelled : JobState::failed_driver, "");
  if (again && cancel.at_once) begin_stopping();
}

/// The nodes that the client started see it themselves, and will not be heard of again.
void JobRun::on_client_lost() {
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (!forest_.hangs_below(submit_.nodes[i].id, kHead)) nodes_[i].failed = true;
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

void JobRun::on_quiet(NodeId id) {
  if (id.value >= nodes_.size()) return;
  nodes_[id.value].quiet = true;
  check_quiet();
}

void JobRun::check_quiet() {
  if (phase_ != JobPhase::stopping) return;
  const auto settled = [](const Node& node) { return node.quiet || node.failed || !node.up; };
  if (std::all_of(nodes_.begin(), nodes_.end(), settled)) handle(JobEvent::all_quiet);
}

void JobRun::on_deadline() {
  if (phase_ == JobPhase::connecting || phase_ == JobPhase::preparing) {
    const bool up_is_enough = phase_ == JobPhase::connecting;
    for (size_t i = 0; !settling_ && i < nodes_.size(); ++i) {
      if ((up_is_enough ? nodes_[i].up : nodes_[i].prepared) || nodes_[i].failed) continue;
      errors_.push_back(fmt::format("{}: no word of it within {:.0f} s", submit_.nodes[i].host,
                                    std::chrono::duration<double>(start_timeout_).count()));
    }
    return fail(JobState::failed_driver, "");
  }
  if (phase_ == JobPhase::syncing) return give_up_sync();
  for (size_t i = 0; phase_ == JobPhase::stopping && i < nodes_.size(); ++i) {
    Node& node = nodes_[i];
    if (node.quiet || node.failed || !node.up) continue;
    errors_.push_back(
        fmt::format("{}: its processes could not be ended in time", submit_.nodes[i].host));
    node.quiet = true;
  }
  check_quiet();
}

void JobRun::handle(JobEvent event) {
  const JobPhase to = next(phase_, event);
  if (to == phase_) return;
  phase_ = to;
  enter(to);
}

void JobRun::enter(JobPhase phase) {
  if (phase == JobPhase::approving) return ask_for_approval();
  if (phase == JobPhase::preparing) return prepare_nodes();
  if (phase == JobPhase::stopping) return begin_stopping();
  if (phase == JobPhase::finished) return finish();
  begin_stage(stage_of(phase));
}

void JobRun::finish() {
  JobEnded ended{.state = state_, .stage = stage_, .errors = errors_};
  for (const auto& node : nodes_) ended.ranks.push_back(node.outcome);
  actions_.to_client(ended);
  actions_.to_nodes(JobOver{});
  actions_.to_nodes(GoHome{});
}

// What the person sees.

bool JobRun::waiting_for(const Node& node) const {
  return phase_ == JobPhase::connecting ? !node.up : !node.ended;
}

std::vector<std::string> JobRun::late_nodes() const {
  std::vector<std::string> names;
  if (phase_ == JobPhase::syncing) {
    for (const size_t i : sync_.waiting()) {
      if (names.size() < kMaxLateNames) names.push_back(submit_.nodes[i].host);
    }
    return names;
  }
  for (size_t i = 0; i < nodes_.size() && names.size() < kMaxLateNames; ++i) {
    if (waiting_for(nodes_[i])) names.push_back(submit_.nodes[i].host);
  }
  return names;
}

void JobRun::report_progress() {
  if (phase_ == JobPhase::stopping || phase_ == JobPhase::finished) return;
  const auto waiting =
      std::count_if(nodes_.begin(), nodes_.end(), [this](const Node& n) { return waiting_for(n); });
  const auto total = static_cast<uint32_t>(nodes_.size());
  taken_told_ = sync_.taken();
  actions_.to_client(Progress{.stage = stage_,
                              .done = total - static_cast<uint32_t>(waiting),
                              .total = total,
                              .late = late_nodes(),
                              .taken = taken_told_});
}

}  // namespace skyrun
