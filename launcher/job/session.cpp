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
/// Of files that wait to be sent.
constexpr size_t kMostUnsent = size_t{1} << 20U;

}  // namespace

/// Hands each word to who takes it; of output, whose it is and what it holds go with it.
struct Session::Ear {
  Session& session;
  NodeId speaker;
  const Receipt& receipt;

  void operator()(Output& output) const { session.on_output(output, receipt); }
  void operator()(OutputEnd& end) const { session.on_output_end(end.node, speaker); }
  void operator()(auto& word) const { session.on(std::move(word)); }
};

Session::Session(EventLoop& loop, Reaper& reaper, Submission::Job job, Events events)
    : loop_(loop),
      job_(std::move(job)),
      forest_({.size = static_cast<uint32_t>(job_.nodes.size()), .arity = job_.launch.arity},
              job_.nodes),
      events_(std::move(events)),
      outputs_(job_.nodes.size(), forest_),
      branches_(
          loop, std::make_unique<AgentStarter>(loop, reaper),
          {.on_frame = [this](NodeId from, const Frame& frame,
                              const Receipt& receipt) { on_frame(from, frame, receipt); },
           .on_start_failed = [this](StartFailed failed) { on_start_failed(std::move(failed)); },
           .on_lost = [this](NodeId child, const std::string& why) { on_lost(child, why); },
           .on_all_gone = [this] { events_.on_closed(); }}),
      hearing_(job_.spec, job_.nodes.size(), job_.mode, forest_),
      head_watch_(loop, job_.launch.start_timeout,
                  [this](const std::string& why) { on_head_overdue(why); }, {}) {}

void Session::start() {
  const auto& nodes = job_.nodes;
  start_node(nodes[0], subtree_of(kHead, nodes, forest_));
  to_head(Submit{.job = job_.spec,
                 .wishes = job_.wishes,
                 .nodes = nodes,
                 .may_adopt = job_.mode == LaunchMode::automatic});
  for (size_t i = 1; i < nodes.size(); ++i) {
    if (nodes[i].by_client) start_node(nodes[i], subtree_of(nodes[i].id, nodes, forest_));
  }
}

/// A node linked to us, not to its parent in the tree. Our own ssh_config is in force here.
void Session::start_node(NodeSpec node, std::vector<NodeSpec> subtree) {
  node.ssh_options.clear();
  router_.add(node.id);
  branches_.start({Bootstrap{.self = std::move(node),
                             .launch = job_.launch,
                             .tree_size = static_cast<uint32_t>(job_.nodes.size()),
                             .subtree = std::move(subtree)}},
                  job_.launch.start_timeout);
}

void Session::on_frame(NodeId from, const Frame& frame, const Receipt& receipt) {
  const auto allowed = hearing_.check_passage_from(from, frame);
  if (!allowed) return on_lost(from, allowed.error().text());
  const Course course = router_.course_of(frame, {.kind = Way::Kind::child, .child = from});
  if (!course.here) return pass_on(course, frame, receipt);
  auto word = hearing_.take(frame);
  if (!word) return on_lost(frame.speaker, word.error().text());
  head_watch_.on(*word);
  pass_on(course, frame, receipt);
  std::visit(Ear{*this, frame.speaker, receipt}, *word);
}

void Session::pass_on(const Course& course, const Frame& frame, const Receipt& receipt) {
  for (const auto& way : course.on) branches_.send(way.child, frame, receipt);
}

// What the head says to the nodes.

void Session::on(const StartStage& start) {
  events_.on_news(start);
  if (start.stage == Stage::sync) begin_sync();
}

void Session::on(const StopRanks&) {
  files_.reset();
}

/// A matter of the nodes' alone.
void Session::on(const Convene&) {}

// What is said to us.

void Session::on(const Placed& placed) {
  events_.on_news(placed);
}

void Session::on(const Progress& progress) {
  if (files_) files_->on_taken(progress.taken);
  if (files_) events_.on_sync(files_->status());
  events_.on_news(progress);
}

void Session::on_output(const Output& output, Receipt receipt) {
  events_.on_output(output, std::move(receipt));
}

void Session::on_output_end(NodeId node, NodeId speaker) {
  outputs_.on_end(node, speaker);
  end_when_all_is_here();
}

void Session::on(const Notice& notice) {
  events_.on_news(notice);
}

void Session::on(JobEnded ended) {
  ended_ = std::move(ended);
  end_when_all_is_here();
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
  router_.remove(node);
  outputs_.on_end(node, kClient);
  if (node == kHead)
    return ended_ ? end_without_the_rest(why) : fail_with_head("node lost: " + why);
  to_head(NodeLost{node, why});
  end_when_all_is_here();
}

/// It lives, and does not go on. Once the job has ended nobody else need know.
void Session::on_head_overdue(const std::string& why) {
  if (!ended_) return fail_with_head(why);
  if (events_.is_screen_full()) return head_watch_.on(*ended_);  // who reads is who is slow
  end_without_the_rest(why);
}

void Session::fail_with_head(const std::string& why) {
  fail(fmt::format("{}: {}", job_.nodes[0].host, why));
}

void Session::to_nodes(const Message& message, const Receipt& receipt) {
  const Frame frame = make_frame(message, kClient, kFirstJob);
  pass_on(router_.course_of(frame, {}), frame, receipt);
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

void Session::introduce(std::string etc_hosts) {
  hearing_.expect_hosts(etc_hosts);
  to_head(Introduce{std::move(etc_hosts)});
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
      FileSender::Events{.may_send = [this] { return unsent_ < kMostUnsent; },
                         .on_block = [this](std::string bytes) { send_block(std::move(bytes)); },
                         .on_notice = events_.on_notice,
                         .on_failed = [this](std::string why) { refuse({std::move(why)}); }});
  files_->go_on();
}

void Session::send_block(std::string bytes) {
  const size_t size = bytes.size();
  unsent_ += size;
  to_nodes(SyncBlock{std::move(bytes)}, Receipt(this, [size](Session* self) {
             self->unsent_ -= size;
             if (self->files_) self->files_->go_on();
           }));
  to_head(SyncSent{size});
}

// The end.

void Session::end_when_all_is_here() {
  if (!ended_ || told_ || closing_ || !outputs_.all()) return;
  say_how_it_ended();
  head_watch_.end();
  to_nodes(GoHome{});
  branches_.await_end(kEndPatience);
}

void Session::say_how_it_ended() {
  if (!std::exchange(told_, true)) events_.on_news(*ended_);
}

/// The job has ended, and its head has gone before all that it wrote was here.
void Session::end_without_the_rest(const std::string& why) {
  if (closing_) return;
  events_.on_notice(
      fmt::format("{}: {}; the last lines of the job may be missing", job_.nodes[0].host, why));
  say_how_it_ended();
  close();
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
