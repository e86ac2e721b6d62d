// SPDX-License-Identifier: Apache-2.0
//
// The messages of job.h.
#include <utility>

#include "protocol/wire_messages.h"

namespace skyrun::wire {

void put(const Submit& m, pb::Message& out) {
  auto* w = out.mutable_submit();
  put(m.job, w->mutable_job());
  put(m.wishes.resources, w->mutable_resources());
  put(m.wishes.placement, w->mutable_placement());
  for (const auto& node : m.nodes) put(node, w->add_nodes());
  w->set_may_adopt(m.may_adopt);
}

Submit get(const pb::Submit& w, Checks& checks) {
  return {
      .job = get(w.job(), checks),
      .wishes = {.resources = get(w.resources(), checks), .placement = get(w.placement(), checks)},
      .nodes = nodes(w.nodes(), checks),
      .may_adopt = w.may_adopt()};
}

void put(const Introduce& m, pb::Message& out) {
  out.mutable_introduce()->set_etc_hosts(m.etc_hosts);
}

Introduce get(const pb::Introduce& w, Checks&) {
  return {.etc_hosts = w.etc_hosts()};
}

void put(const Cancel& m, pb::Message& out) {
  auto* w = out.mutable_cancel();
  w->set_at_once(m.at_once);
  for (auto& error : texts(m.errors)) w->add_errors(std::move(error));
}

Cancel get(const pb::Cancel& w, Checks&) {
  return {.at_once = w.at_once(), .errors = texts(w.errors())};
}

void put(const SignalRanks& m, pb::Message& out) {
  out.mutable_signal_ranks()->set_signo(static_cast<uint32_t>(m.signo));
}

SignalRanks get(const pb::SignalRanks& w, Checks& checks) {
  return {.signo = signal_number(w.signo(), checks)};
}

void put(const SyncBegin& m, pb::Message& out) {
  auto* w = out.mutable_sync_begin();
  for (const auto& destination : m.destinations) w->add_destinations(destination);
}

SyncBegin get(const pb::SyncBegin& w, Checks&) {
  return {.destinations = strings(w.destinations())};
}

void put(const SyncBlock& m, pb::Message& out) {
  out.mutable_sync_block()->set_bytes(m.bytes);
}

SyncBlock get(const pb::SyncBlock& w, Checks&) {
  return {.bytes = w.bytes()};
}

void put(const SyncSent& m, pb::Message& out) {
  out.mutable_sync_sent()->set_bytes(m.bytes);
}

SyncSent get(const pb::SyncSent& w, Checks&) {
  return {.bytes = w.bytes()};
}

void put(const Prepare& m, pb::Message& out) {
  auto* w = out.mutable_prepare();
  put(m.job, w->mutable_job());
  for (const auto& address : m.addresses) w->add_addresses(address);
  put(m.seats, w->mutable_seats());
  w->set_etc_hosts(m.etc_hosts);
}

Prepare get(const pb::Prepare& w, Checks& checks) {
  Prepare m{.job = get(w.job(), checks),
            .addresses = strings(w.addresses()),
            .seats = get(w.seats(), checks),
            .etc_hosts = w.etc_hosts()};
  const bool mapped = check_rank_map(m.seats.ranks, m.job.num_nodes).has_value();
  checks.require(mapped, "no map of its ranks");
  return m;
}

void put(const StartStage& m, pb::Message& out) {
  auto* w = out.mutable_start_stage();
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_own_workdir(m.own_workdir);
}

StartStage get(const pb::StartStage& w, Checks& checks) {
  return {.stage = stage(w.stage(), checks), .own_workdir = w.own_workdir()};
}

void put(const StopRanks& m, pb::Message& out) {
  out.mutable_stop_ranks()->set_grace_ms(static_cast<uint32_t>(m.grace.count()));
}

StopRanks get(const pb::StopRanks& w, Checks& checks) {
  return {.grace = millis(w.grace_ms(), checks)};
}

void put(const JobOver&, pb::Message& out) {
  out.mutable_job_over();
}

JobOver get(const pb::JobOver&, Checks&) {
  return {};
}

void put(const Prepared& m, pb::Message& out) {
  auto* w = out.mutable_prepared();
  w->set_node(m.node.value);
  w->set_workdir_taken(m.workdir_taken);
  w->set_error(m.error);
}

Prepared get(const pb::Prepared& w, Checks& checks) {
  return {.node = node(w.node(), checks), .workdir_taken = w.workdir_taken(), .error = w.error()};
}

namespace {

constexpr uint32_t kMostOfNode = kMaxRanks;

void put(const RankEnd& value, pb::RankEnd* wire) {
  wire->set_first(value.first.value);
  wire->set_count(value.count);
  wire->set_pid(value.pid);
  wire::put(value.status, wire->mutable_status());
  wire->set_stopped(value.stopped);
  wire->set_error(text(value.error));
}

RankEnd get(const pb::RankEnd& wire, Checks& checks) {
  checks.require(wire.first() < kMostOfNode && wire.count() <= kMostOfNode,
                 "a local rank is out of range");
  return {.first = LocalRank{wire.first()},
          .count = wire.count(),
          .pid = wire.pid(),
          .status = status(wire.status(), checks),
          .stopped = wire.stopped(),
          .error = text(wire.error())};
}

}  // namespace

void put(const StageEnded& m, pb::Message& out) {
  auto* w = out.mutable_stage_ended();
  w->set_node(m.node.value);
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_pid(m.pid);
  put(m.status, w->mutable_status());
  w->set_stopped(m.stopped);
  w->set_error(text(m.error));
  for (const auto& each : m.ranks) put(each, w->add_ranks());
  w->set_left(m.left);
}

StageEnded get(const pb::StageEnded& w, Checks& checks) {
  std::vector<RankEnd> ranks;
  for (const auto& each : w.ranks()) ranks.push_back(get(each, checks));
  return {.node = node(w.node(), checks),
          .stage = stage(w.stage(), checks),
          .pid = w.pid(),
          .status = status(w.status(), checks),
          .stopped = w.stopped(),
          .error = text(w.error()),
          .ranks = std::move(ranks),
          .left = w.left()};
}

void put(const SyncTaken& m, pb::Message& out) {
  auto* w = out.mutable_sync_taken();
  w->set_node(m.node.value);
  w->set_bytes(m.bytes);
}

SyncTaken get(const pb::SyncTaken& w, Checks& checks) {
  return {.node = node(w.node(), checks), .bytes = w.bytes()};
}

void put(const NodeQuiet& m, pb::Message& out) {
  out.mutable_node_quiet()->set_node(m.node.value);
}

NodeQuiet get(const pb::NodeQuiet& w, Checks& checks) {
  return {.node = node(w.node(), checks)};
}

void put(const ShepherdLost& m, pb::Message& out) {
  auto* w = out.mutable_shepherd_lost();
  w->set_node(m.node.value);
  w->set_why(text(m.why));
}

ShepherdLost get(const pb::ShepherdLost& w, Checks& checks) {
  return {.node = node(w.node(), checks), .why = text(w.why())};
}

}  // namespace skyrun::wire
