// SPDX-License-Identifier: Apache-2.0
//
// The messages of observer.h.
#include "protocol/wire_messages.h"

namespace skyrun::wire {

namespace {

void put(const RankOutcome& m, pb::RankOutcome* w) {
  w->set_node(m.node.value);
  w->set_pid(m.pid);
  wire::put(m.status, w->mutable_status());
  w->set_started(m.started);
  w->set_stopped(m.stopped);
  w->set_lost(m.lost);
  w->set_first(m.first);
  w->set_rank(m.rank.value);
}

RankOutcome get(const pb::RankOutcome& w, Checks& checks) {
  return {.rank = rank(w.rank(), checks),
          .node = node(w.node(), checks),
          .pid = w.pid(),
          .status = status(w.status(), checks),
          .started = w.started(),
          .stopped = w.stopped(),
          .lost = w.lost(),
          .first = w.first()};
}

}  // namespace

void put(const Placed& m, pb::Message& out) {
  auto* w = out.mutable_placed();
  for (const auto& address : m.addresses) w->add_addresses(address);
  w->set_refused(m.refused);
  for (auto& notice : texts(m.notices)) w->add_notices(std::move(notice));
  w->set_map(m.map);
}

Placed get(const pb::Placed& w, Checks&) {
  return {.addresses = strings(w.addresses()),
          .refused = w.refused(),
          .notices = texts(w.notices()),
          .map = w.map()};
}

void put(const Progress& m, pb::Message& out) {
  auto* w = out.mutable_progress();
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_done(m.done);
  w->set_total(m.total);
  for (const auto& late : m.late) w->add_late(late);
  w->set_taken(m.taken);
}

Progress get(const pb::Progress& w, Checks& checks) {
  return {.stage = stage(w.stage(), checks),
          .done = w.done(),
          .total = w.total(),
          .late = strings(w.late()),
          .taken = w.taken()};
}

void put(const Output& m, pb::Message& out) {
  auto* w = out.mutable_output();
  w->set_node(m.node.value);
  w->set_stage(static_cast<pb::Stage>(m.stage));
  w->set_pid(m.pid);
  w->set_bytes(m.bytes);
  w->set_rank(m.rank.value);
  w->set_stream(static_cast<uint32_t>(m.stream));
}

Output get(const pb::Output& w, Checks& checks) {
  checks.require(w.stream() <= static_cast<uint32_t>(Stream::err), "an unknown stream");
  return {.node = node(w.node(), checks),
          .stage = stage(w.stage(), checks),
          .pid = w.pid(),
          .bytes = w.bytes(),
          .rank = rank(w.rank(), checks),
          .stream = static_cast<Stream>(w.stream())};
}

void put(const OutputEnd& m, pb::Message& out) {
  out.mutable_output_end()->set_node(m.node.value);
}

OutputEnd get(const pb::OutputEnd& w, Checks& checks) {
  return {.node = node(w.node(), checks)};
}

void put(const Notice& m, pb::Message& out) {
  auto* w = out.mutable_notice();
  w->set_node(m.node.value);
  w->set_text(text(m.text));
}

Notice get(const pb::Notice& w, Checks& checks) {
  return {.node = node(w.node(), checks), .text = text(w.text())};
}

void put(const JobEnded& m, pb::Message& out) {
  auto* w = out.mutable_job_ended();
  w->set_state(static_cast<uint32_t>(m.state));
  w->set_stage(static_cast<pb::Stage>(m.stage));
  for (const auto& rank : m.ranks) put(rank, w->add_ranks());
  for (auto& error : texts(m.errors)) w->add_errors(std::move(error));
}

JobEnded get(const pb::JobEnded& w, Checks& checks) {
  checks.require(w.state() <= static_cast<uint32_t>(JobState::cancelled), "an unknown job state");
  JobEnded m{.state = static_cast<JobState>(w.state()), .stage = stage(w.stage(), checks)};
  for (const auto& rank : w.ranks()) m.ranks.push_back(get(rank, checks));
  m.errors = texts(w.errors());
  return m;
}

}  // namespace skyrun::wire
