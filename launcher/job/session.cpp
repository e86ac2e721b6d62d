// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bringup/agent_starter.h"
#include "launcher/job/job_size.h"
#include "protocol/sync_window.h"

namespace skyrun {
namespace {

/// How long the daemons may take to go when the job is over, and when it broke.
constexpr Millis kEndPatience{8000};
constexpr Millis kClosePatience{3000};

}  // namespace

Session::Session(EventLoop& loop, Reaper& reaper, Submission::Job job, Events events)
    : loop_(loop),
      job_(std::move(job)),
      forest_({.size = static_cast<uint32_t>(job_.nodes.size()), .arity = job_.launch.arity},
              job_.nodes),
      events_(std::move(events)),
      branches_(
          loop, std::make_unique<AgentStarter>(loop, reaper),
          {.on_frame = [this](NodeId from, const Frame& frame) { on_frame(from, frame); },
           .on_start_failed = [this](StartFailed failed) { on_start_failed(std::move(failed)); },
           .on_lost = [this](NodeId child, const std::string& why) { on_lost(child, why); },
           .on_drained =
               [this] {
                 if (files_) files_->go_on();
               },
           .on_all_gone = [this] { events_.on_closed(); }}),
      hearing_(job_.spec, job_.nodes.size(), job_.mode, forest_),
      head_watch_(loop, job_.launch.start_timeout,
                  [this](const std::string& why) { on_head_overdue(why); }, {}) {}

void Session::start() {
  const auto& nodes = job_.nodes;
  start_node(nodes[0], subtree_of(kHead, nodes, forest_));
  to_head(
      Submit{.job = job_.spec, .nodes = nodes, .may_adopt = job_.mode == LaunchMode::automatic});
  for (size_t i = 1; i < nodes.size(); ++i) {
    if (nodes[i].by_client) start_node(nodes[i], subtree_of(nodes[i].id, nodes, forest_));
  }
}

/// A node linked to us, not to its parent in the tree. Our own ssh_config is in force here.
void Session::start_node(NodeSpec node, std::vector<NodeSpec> subtree) {
  node.ssh_options.clear();
  branches_.start({Bootstrap{.self = std::move(node),
                             .launch = job_.launch,
                             .tree_size = static_cast<uint32_t>(job_.nodes.size()),
                             .subtree = std::move(subtree)}},
                  job_.launch.start_timeout);
}

void Session::on_frame(NodeId from, const Frame& frame) {
  const auto allowed = hearing_.check_passage_from(from, frame);
  if (!allowed) return on_lost(from, allowed.error().text());
  if (frame.to == To::head) return branches_.send(kHead, frame);
  auto word = hearing_.take(frame);
  if (!word) return on_lost(frame.speaker, word.error().text());
  head_watch_.on(*word);
  if (frame.to == To::nodes) branches_.flood(frame, &kHead);
  std::visit([this](auto& each) { on(std::move(each)); }, *word);
}

// What the head says to the nodes.

void Session::on(Prepare prepare) {
  events_.on_news(std::move(prepare));
}

void Session::on(const StartStage& start) {
  events_.on_news(start);
  if (start.stage == Stage::sync) begin_sync();
}

void Session::on(const StopRanks&) {
  files_.reset();
}

/// A matter of the nodes' alone.
void Session::on(const Convene&) {}

void Session::on(const GoHome&) {
  branches_.await_end(kEndPatience);
}

// What is said to us.

void Session::on(const Inventory& inventory) {
  events_.on_inventory(inventory);
}

void Session::on(const Progress& progress) {
  if (files_) files_->on_taken(progress.taken);
  if (files_) events_.on_sync(files_->status());
  events_.on_news(progress);
}

void Session::on(Output output) {
  events_.on_news(std::move(output));
}

void Session::on(const Notice& notice) {
  events_.on_news(notice);
}

void Session::on(const JobEnded& ended) {
  ended_ = true;
  events_.on_news(ended);
}

void Session::on(const Adopt& request) {
  events_.on_notice(fmt::format("{}; starting {} node{} from here", request.why,
                                request.nodes.size(), request.nodes.size() == 1 ? "" : "s"));
  for (const NodeId node : request.nodes) {
    if (forest_.starter_of(node) == kClient) continue;  // named twice
    forest_.cut(node);
    start_node(job_.nodes[node.value], {});
  }
}

void Session::on_start_failed(StartFailed failed) {
  if (failed.node != kHead) {
    failed.by = kClient;
    return to_head(failed);
  }
  fail(fmt::format("{}: {}", job_.nodes[0].host, to_text(failed, "")));
}

/// A node that we started and whose link has ended, or any that says what it may not.
void Session::on_lost(NodeId node, const std::string& why) {
  branches_.drop(node);
  if (node != kHead) return to_head(NodeLost{node, why});
  if (!ended_) return fail(fmt::format("{}: node lost: {}", job_.nodes[0].host, why));
  close();
}

/// It lives, and does not go on. Once the job has ended nobody else need know.
void Session::on_head_overdue(const std::string& why) {
  if (ended_) return close();
  fail(fmt::format("{}: {}", job_.nodes[0].host, why));
}

void Session::to_nodes(const Message& message) {
  branches_.flood(make_frame(message, kClient, kFirstJob));
}

void Session::to_head(const Message& message) {
  branches_.send(kHead, make_frame(message, kClient, kFirstJob));
}

void Session::cancel(bool at_once) {
  if (!branches_.up(kHead) && !closing_) {
    events_.on_abandoned();
    return close();
  }
  head_watch_.on_cancel(at_once ? Millis(0) : job_.spec.grace);
  to_head(Cancel{.at_once = at_once});
}

void Session::approve(JobSpec job) {
  if (auto fits = check_job_size(job); !fits) return refuse({fits.error().text()});
  job_.spec = job;
  to_head(Approve{std::move(job)});
}

void Session::refuse(std::vector<std::string> why) {
  to_head(Cancel{.errors = std::move(why)});
}

void Session::signal_ranks(int signo) {
  to_nodes(SignalRanks{signo});
}

// Files.

void Session::begin_sync() {
  SyncBegin begin;
  for (const auto& mount : job_.mounts) begin.destinations.push_back(mount.destination);
  to_nodes(begin);
  files_ = std::make_unique<FileSender>(
      loop_, job_.mounts, sync_window(job_.launch.arity),
      FileSender::Events{.may_send = [this] { return !branches_.congested(); },
                         .on_block =
                             [this](std::string bytes) {
                               const SyncSent sent{bytes.size()};
                               to_nodes(SyncBlock{std::move(bytes)});
                               to_head(sent);
                             },
                         .on_notice = events_.on_notice,
                         .on_failed = [this](std::string why) { refuse({std::move(why)}); }});
  files_->go_on();
}

// Flow, and the end.

/// Of them all: what hangs below the head comes through it.
void Session::set_reading(bool reading) {
  head_watch_.set_reading(reading);
  branches_.set_reading(reading);
}

void Session::fail(const std::string& why) {
  if (closing_) return;
  events_.on_error(why);
  close();
}

void Session::close() {
  if (std::exchange(closing_, true)) return;
  head_watch_.end();
  files_.reset();
  branches_.close(kClosePatience);
}

}  // namespace skyrun
