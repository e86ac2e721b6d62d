// SPDX-License-Identifier: Apache-2.0
#include "protocol/codec.h"

#include "protocol/wire_values.h"

namespace skyrun {
namespace {

using wire::Checks;

// encode: one overload a kind, each filling its own field of the wire message.

void put(const Bootstrap& m, pb::Message& out) {
  auto* w = out.mutable_bootstrap();
  wire::put(m.self, w->mutable_self());
  wire::put(m.launch, w->mutable_launch());
  w->set_tree_size(m.tree_size);
  for (const auto& node : m.subtree) wire::put(node, w->add_subtree());
}

void put(const Prepare& m, pb::Message& out) {
  auto* w = out.mutable_prepare();
  wire::put(m.job, w->mutable_job());
  for (const auto& address : m.addresses) w->add_addresses(address);
}

void put(const SyncBegin& m, pb::Message& out) {
  auto* w = out.mutable_sync_begin();
  for (const auto& destination : m.destinations) w->add_destinations(destination);
}

void put(const SyncBlock& m, pb::Message& out) {
  out.mutable_sync_block()->set_bytes(m.bytes);
}

void put(const StartStage& m, pb::Message& out) {
  auto* w = out.mutable_start_stage();
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_own_workdir(m.own_workdir);
}

void put(const SignalRanks& m, pb::Message& out) {
  out.mutable_signal_ranks()->set_signo(static_cast<uint32_t>(m.signo));
}

void put(const StopRanks& m, pb::Message& out) {
  out.mutable_stop_ranks()->set_grace_ms(static_cast<uint32_t>(m.grace.count()));
}

void put(const Finish&, pb::Message& out) {
  out.mutable_finish();
}

void put(const Submit& m, pb::Message& out) {
  auto* w = out.mutable_submit();
  wire::put(m.job, w->mutable_job());
  for (const auto& node : m.nodes) wire::put(node, w->add_nodes());
  w->set_may_adopt(m.may_adopt);
}

void put(const Hello& m, pb::Message& out) {
  auto* w = out.mutable_hello();
  w->set_node(m.node.value);
  wire::put(m.facts, w->mutable_facts());
  w->set_machine(m.machine);
}

void put(const StartFailed& m, pb::Message& out) {
  auto* w = out.mutable_start_failed();
  w->set_node(m.node.value);
  w->set_by(m.by.value);
  w->set_refused(m.refused);
  w->set_phase(static_cast<uint32_t>(m.phase));
  w->set_why(wire::text(m.why));
  w->set_advice(wire::text(m.advice));
}

void put(const NodeLost& m, pb::Message& out) {
  auto* w = out.mutable_node_lost();
  w->set_node(m.node.value);
  w->set_why(wire::text(m.why));
}

void put(const Prepared& m, pb::Message& out) {
  auto* w = out.mutable_prepared();
  w->set_node(m.node.value);
  w->set_workdir_taken(m.workdir_taken);
  w->set_error(m.error);
}

void put(const StageEnded& m, pb::Message& out) {
  auto* w = out.mutable_stage_ended();
  w->set_node(m.node.value);
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_pid(m.pid);
  wire::put(m.status, w->mutable_status());
  w->set_stopped(m.stopped);
  w->set_error(wire::text(m.error));
}

void put(const SyncTaken& m, pb::Message& out) {
  auto* w = out.mutable_sync_taken();
  w->set_node(m.node.value);
  w->set_bytes(m.bytes);
}

void put(const NodeQuiet& m, pb::Message& out) {
  out.mutable_node_quiet()->set_node(m.node.value);
}

void put(const Approve& m, pb::Message& out) {
  wire::put(m.job, out.mutable_approve()->mutable_job());
}

void put(const Inventory& m, pb::Message& out) {
  auto* w = out.mutable_inventory();
  for (const auto& facts : m.facts) wire::put(facts, w->add_facts());
  for (const auto& machine : m.machines) w->add_machines(machine);
  for (const uint32_t index : m.machine_of) w->add_machine_of(index);
}

void put(const Cancel& m, pb::Message& out) {
  auto* w = out.mutable_cancel();
  w->set_at_once(m.at_once);
  for (auto& error : wire::texts(m.errors)) w->add_errors(std::move(error));
}

void put(const Adopt& m, pb::Message& out) {
  auto* w = out.mutable_adopt();
  for (const NodeId node : m.nodes) w->add_nodes(node.value);
  w->set_why(wire::text(m.why));
}

void put(const Progress& m, pb::Message& out) {
  auto* w = out.mutable_progress();
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_done(m.done);
  w->set_total(m.total);
  for (const auto& late : m.late) w->add_late(late);
  w->set_taken(m.taken);
}

void put(const Output& m, pb::Message& out) {
  auto* w = out.mutable_output();
  w->set_node(m.node.value);
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_pid(m.pid);
  w->set_bytes(m.bytes);
}

void put(const Notice& m, pb::Message& out) {
  auto* w = out.mutable_notice();
  w->set_node(m.node.value);
  w->set_text(wire::text(m.text));
}

void put(const RankOutcome& m, pb::RankOutcome* w) {
  w->set_node(m.node.value);
  w->set_pid(m.pid);
  wire::put(m.status, w->mutable_status());
  w->set_started(m.started);
  w->set_stopped(m.stopped);
  w->set_lost(m.lost);
  w->set_first(m.first);
}

void put(const JobEnded& m, pb::Message& out) {
  auto* w = out.mutable_job_ended();
  w->set_state(static_cast<uint32_t>(m.state));
  w->set_stage(static_cast<pb::Stage>(m.stage));
  for (const auto& rank : m.ranks) put(rank, w->add_ranks());
  for (auto& error : wire::texts(m.errors)) w->add_errors(std::move(error));
}

// decode: one overload a kind.

std::vector<NodeSpec> nodes(const google::protobuf::RepeatedPtrField<pb::NodeSpec>& w,
                            Checks& checks) {
  std::vector<NodeSpec> result;
  result.reserve(static_cast<size_t>(w.size()));
  for (const auto& node : w) result.push_back(wire::get(node, checks));
  return result;
}

Bootstrap get(const pb::Bootstrap& w, Checks& checks) {
  checks.require(w.tree_size() >= 1 && w.tree_size() < kMaxNodes,
                 "the tree's size is out of range");
  return {.self = wire::get(w.self(), checks),
          .launch = wire::get(w.launch(), checks),
          .tree_size = w.tree_size(),
          .subtree = nodes(w.subtree(), checks)};
}

Prepare get(const pb::Prepare& w, Checks& checks) {
  return {.job = wire::get(w.job(), checks), .addresses = wire::strings(w.addresses())};
}

SyncBegin get(const pb::SyncBegin& w, Checks&) {
  return {.destinations = wire::strings(w.destinations())};
}

SyncBlock get(const pb::SyncBlock& w, Checks&) {
  return {.bytes = w.bytes()};
}

StartStage get(const pb::StartStage& w, Checks& checks) {
  return {.stage = wire::stage(w.stage(), checks), .own_workdir = w.own_workdir()};
}

SignalRanks get(const pb::SignalRanks& w, Checks& checks) {
  return {.signo = wire::signal_number(w.signo(), checks)};
}

StopRanks get(const pb::StopRanks& w, Checks& checks) {
  return {.grace = wire::millis(w.grace_ms(), checks)};
}

Finish get(const pb::Finish&, Checks&) {
  return {};
}

Submit get(const pb::Submit& w, Checks& checks) {
  return {.job = wire::get(w.job(), checks),
          .nodes = nodes(w.nodes(), checks),
          .may_adopt = w.may_adopt()};
}

Hello get(const pb::Hello& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks),
          .facts = wire::get(w.facts(), checks),
          .machine = w.machine()};
}

StartFailed get(const pb::StartFailed& w, Checks& checks) {
  checks.require(w.phase() <= static_cast<uint32_t>(StartPhase::greeting),
                 "an unknown start phase");
  return {.node = wire::node(w.node(), checks),
          .by = w.by() == kClient.value ? kClient : wire::node(w.by(), checks),
          .refused = w.refused(),
          .phase = static_cast<StartPhase>(w.phase()),
          .why = wire::text(w.why()),
          .advice = wire::text(w.advice())};
}

NodeLost get(const pb::NodeLost& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks), .why = wire::text(w.why())};
}

Prepared get(const pb::Prepared& w, Checks& checks) {
  return {
      .node = wire::node(w.node(), checks), .workdir_taken = w.workdir_taken(), .error = w.error()};
}

StageEnded get(const pb::StageEnded& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks),
          .stage = wire::stage(w.stage(), checks),
          .pid = w.pid(),
          .status = wire::status(w.status(), checks),
          .stopped = w.stopped(),
          .error = wire::text(w.error())};
}

SyncTaken get(const pb::SyncTaken& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks), .bytes = w.bytes()};
}

NodeQuiet get(const pb::NodeQuiet& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks)};
}

Approve get(const pb::Approve& w, Checks& checks) {
  return {.job = wire::get(w.job(), checks)};
}

Inventory get(const pb::Inventory& w, Checks& checks) {
  Inventory m;
  for (const auto& facts : w.facts()) m.facts.push_back(wire::get(facts, checks));
  m.machines = wire::strings(w.machines());
  checks.require(w.machine_of_size() == 0 || w.machine_of_size() == w.facts_size(),
                 "an inventory with other machines than nodes");
  m.machine_of = wire::indices(w.machine_of(), m.machines.size(), checks);
  return m;
}

Cancel get(const pb::Cancel& w, Checks&) {
  return {.at_once = w.at_once(), .errors = wire::texts(w.errors())};
}

Adopt get(const pb::Adopt& w, Checks& checks) {
  Adopt m{.why = wire::text(w.why())};
  for (const uint32_t node : w.nodes()) m.nodes.push_back(wire::node(node, checks));
  return m;
}

Progress get(const pb::Progress& w, Checks& checks) {
  return {.stage = wire::stage(w.stage(), checks),
          .done = w.done(),
          .total = w.total(),
          .late = wire::strings(w.late()),
          .taken = w.taken()};
}

Output get(const pb::Output& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks),
          .stage = wire::stage(w.stage(), checks),
          .pid = w.pid(),
          .bytes = w.bytes()};
}

Notice get(const pb::Notice& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks), .text = wire::text(w.text())};
}

RankOutcome get(const pb::RankOutcome& w, Checks& checks) {
  return {.node = wire::node(w.node(), checks),
          .pid = w.pid(),
          .status = wire::status(w.status(), checks),
          .started = w.started(),
          .stopped = w.stopped(),
          .lost = w.lost(),
          .first = w.first()};
}

JobEnded get(const pb::JobEnded& w, Checks& checks) {
  checks.require(w.state() <= static_cast<uint32_t>(JobState::cancelled), "an unknown job state");
  JobEnded m{.state = static_cast<JobState>(w.state()), .stage = wire::stage(w.stage(), checks)};
  for (const auto& rank : w.ranks()) m.ranks.push_back(get(rank, checks));
  m.errors = wire::texts(w.errors());
  return m;
}

Result<Message> get(const pb::Message& w, Checks& checks) {
  switch (w.body_case()) {
    case pb::Message::kBootstrap:
      return get(w.bootstrap(), checks);
    case pb::Message::kPrepare:
      return get(w.prepare(), checks);
    case pb::Message::kSyncBegin:
      return get(w.sync_begin(), checks);
    case pb::Message::kSyncBlock:
      return get(w.sync_block(), checks);
    case pb::Message::kStartStage:
      return get(w.start_stage(), checks);
    case pb::Message::kSignalRanks:
      return get(w.signal_ranks(), checks);
    case pb::Message::kStopRanks:
      return get(w.stop_ranks(), checks);
    case pb::Message::kFinish:
      return get(w.finish(), checks);
    case pb::Message::kSubmit:
      return get(w.submit(), checks);
    case pb::Message::kHello:
      return get(w.hello(), checks);
    case pb::Message::kStartFailed:
      return get(w.start_failed(), checks);
    case pb::Message::kNodeLost:
      return get(w.node_lost(), checks);
    case pb::Message::kPrepared:
      return get(w.prepared(), checks);
    case pb::Message::kStageEnded:
      return get(w.stage_ended(), checks);
    case pb::Message::kSyncTaken:
      return get(w.sync_taken(), checks);
    case pb::Message::kNodeQuiet:
      return get(w.node_quiet(), checks);
    case pb::Message::kApprove:
      return get(w.approve(), checks);
    case pb::Message::kInventory:
      return get(w.inventory(), checks);
    case pb::Message::kCancel:
      return get(w.cancel(), checks);
    case pb::Message::kAdopt:
      return get(w.adopt(), checks);
    case pb::Message::kProgress:
      return get(w.progress(), checks);
    case pb::Message::kOutput:
      return get(w.output(), checks);
    case pb::Message::kNotice:
      return get(w.notice(), checks);
    case pb::Message::kJobEnded:
      return get(w.job_ended(), checks);
    case pb::Message::BODY_NOT_SET:
      break;
  }
  return failure("a message of a kind this version does not know");
}

}  // namespace

std::string encode(const Message& message) {
  pb::Message out;
  std::visit([&out](const auto& m) { put(m, out); }, message);
  return out.SerializeAsString();
}

Result<Message> decode(std::string_view body) {
  if (auto bounded = check_body(body); !bounded)
    return tl::unexpected(std::move(bounded.error()).within("a message out of bounds"));
  pb::Message in;
  if (!in.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return failure("a message that does not parse");
  }
  Checks checks;
  auto message = get(in, checks);
  if (checks.problem() != nullptr)
    return failure(std::string("a message out of bounds: ") + checks.problem());
  return message;
}

}  // namespace skyrun
