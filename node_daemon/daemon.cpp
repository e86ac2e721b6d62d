// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/daemon.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "bringup/agent_starter.h"
#include "core/installation.h"
#include "core/subprocess.h"
#include "core/text.h"
#include "fabric/incoming.h"
#include "node_daemon/node_facts.h"

namespace skyrun {
namespace {

/// How long a daemon waits for those below it to go, when it goes itself.
constexpr Millis kEndPatience{5000};
/// How long it waits for its parent to take its last words.
constexpr Millis kFlushPatience{2000};
/// Of the time a parent has for its children, what its own word to the head may take.
constexpr Millis kReportMargin{500};

}  // namespace

Daemon::Daemon(EventLoop& loop, Fd in, Fd out, std::string program)
    : loop_(loop),
      reaper_(loop),
      program_(std::move(program)),
      branches_(
          loop, std::make_unique<AgentStarter>(loop, reaper_),
          {.on_frame =
               [this](NodeId child, Frame frame, Receipt receipt) {
                 on_child_frame(child, std::move(frame), std::move(receipt));
               },
           .on_start_failed =
               [this](StartFailed failed) {
                 failed.by = bootstrap_->self.id;
                 tell_head(failed);
               },
           .on_lost = [this](NodeId child, const std::string& why) { lose_child(child, why); },
           .on_all_gone =
               [this] {
                 children_gone_ = true;
                 end_when_alone();
               }}),
      parent_(loop, std::move(in), std::move(out), {.lease = LaunchOptions().lease},
              {.on_frame =
                   [this](Frame frame, Receipt receipt) {
                     on_parent_frame(std::move(frame), std::move(receipt));
                   },
               .on_lost = [this](const Loss&) { on_parent_lost(); }}),
      household_(
          loop, reaper_, [this] { return start_shepherd(); }, [this] { return branches_.pids(); },
          {.on_frame = [this](
                           Frame frame,
                           Receipt receipt) { pass_on(std::move(frame), {}, std::move(receipt)); },
           .on_output_end = [this](JobId job) { say(OutputEnd{bootstrap_->self.id}, job); },
           .on_lost = [this](JobId job, const std::string& why) { on_shepherd_lost(job, why); },
           .on_gone = [this] { end_when_alone(); }}) {
  become_subreaper();
  parent_.send_raw(kGreeting);
}

// What it says itself.

void Daemon::say(const Message& message, JobId job) {
  pass_on(make_frame(message, bootstrap_->self.id, job), {}, nullptr);
}

/// The head is told as it is; nobody encodes what he says to himself.
template <class Kind>
void Daemon::tell_head(const Kind& word) {
  if (bootstrap_->self.id != kHead) return say(word, kNoJob);
  static_cast<void>(hear(word, 0));
}

// From above.

Post Daemon::post() const {
  return {.self = bootstrap_->self.id,
          .starter_of = [this](NodeId node) { return starter_of(node); }};
}

/// The head knows which nodes the client starts; the others see only those of their tree.
std::optional<NodeId> Daemon::starter_of(NodeId node) const {
  if (node.value >= forest_->size()) return std::nullopt;
  const auto known = head_ ? head_->starter_of(node) : std::nullopt;
  return known.value_or(forest_->starter_of(node));
}

void Daemon::on_parent_frame(Frame frame, Receipt receipt) {
  if (orphaned_) return;
  const auto taken =
      bootstrap_ ? take_from_parent(std::move(frame), std::move(receipt)) : take_bootstrap(frame);
  if (!taken) leave_parent(taken.error().text());
}

Result<void> Daemon::take_bootstrap(const Frame& frame) {
  const auto word = read_word<DaemonWord>(frame, [](NodeId) { return std::nullopt; });
  if (!word) return tl::unexpected(word.error());
  const auto* bootstrap = std::get_if<Bootstrap>(&*word);
  return bootstrap != nullptr ? obey(*bootstrap) : failure("it did not begin with Bootstrap");
}

Result<void> Daemon::take_from_parent(Frame frame, Receipt receipt) {
  auto allowed = check_passage(post(), {.kind = Neighbour::Kind::parent}, frame);
  if (!allowed) return allowed;
  std::optional<DaemonWord> word;
  if (frame.to != To::head && frame.job == kNoJob) {
    auto read = read_word<DaemonWord>(frame, post().starter_of);
    if (!read) return tl::unexpected(std::move(read.error()));
    word = std::move(*read);
  }
  pass_on(std::move(frame), {.kind = Way::Kind::up}, std::move(receipt));
  if (!word) return {};
  return std::visit([this](const auto& each) { return obey(each); }, *word);
}

Result<void> Daemon::obey(const Bootstrap& bootstrap) {
  if (bootstrap_) return failure("it sent Bootstrap twice");
  on_bootstrap(bootstrap);
  return {};
}

Result<void> Daemon::obey(const Convene& convene) {
  begin_job(convene);
  return {};
}

Result<void> Daemon::obey(const GoHome&) {
  begin_end();
  return {};
}

void Daemon::on_bootstrap(const Bootstrap& bootstrap) {
  bootstrap_ = bootstrap;
  forest_.emplace(Tree{.size = bootstrap.tree_size, .arity = bootstrap.launch.arity});
  router_.emplace(bootstrap.self.id);
  parent_.set_lease(bootstrap.launch.lease);
  if (bootstrap.self.id == kHead)
    head_.emplace(bootstrap.tree_size, bootstrap.launch, static_cast<HeadActions&>(*this));
  start_children(bootstrap);
  household_.bring_up(bootstrap.self.id);
  if (bootstrap.launch.wants_machines) return look_at_machine();
  say_hello(gather_facts(bootstrap.self, bootstrap.launch.interface), "");
}

void Daemon::say_hello(NodeFacts facts, std::string machine) {
  tell_head(
      Hello{.node = bootstrap_->self.id, .facts = std::move(facts), .machine = std::move(machine)});
}

void Daemon::look_at_machine() {
  look_ = std::make_unique<MachineLook>(loop_, reaper_, [this](Result<MachineReport> seen) {
    NodeFacts facts = gather_facts(bootstrap_->self, bootstrap_->launch.interface);
    if (!seen) facts.why_no_machine = seen.error().text();
    MachineReport report = std::move(seen).value_or(MachineReport());
    facts.gpu_uuids = std::move(report.gpu_uuids);
    say_hello(std::move(facts), std::move(report.machine));
  });
  const auto self = own_program();
  look_->start(self ? find_skyrun(*self) : self);
}

/// The children's own children go with them, so that every level starts the next at once.
void Daemon::start_children(const Bootstrap& bootstrap) {
  const Millis whole = bootstrap.launch.start_timeout;
  const Millis timeout = std::max(whole - kReportMargin, whole / 2);
  auto starts = starts_of(bootstrap, *forest_);
  for (auto& start : starts) {
    start.launch.start_timeout = timeout;
    router_->add(start.self.id);
  }
  branches_.start(std::move(starts), timeout);
}

Result<Household::Started> Daemon::start_shepherd() const {
  auto pair = make_socketpair();
  if (!pair) return tl::unexpected(std::move(pair.error()));
  auto pid = spawn({.argv = {"skyrund", "--shepherd"},
                    .program = program_,
                    .stdin_fd = pair->second.get(),
                    .new_session = true});
  if (!pid) return tl::unexpected(std::move(pid.error()));
  return Household::Started{*pid, std::move(pair->first)};
}

void Daemon::begin_job(const Convene& convene) {
  if (contains(convene.nodes, bootstrap_->self.id)) household_.begin(convene.job);
}

/// By its envelope alone.
void Daemon::pass_on(Frame frame, const Way& from, Receipt receipt) {
  const Course course = router_->course_of(frame, from);
  for (const auto& way : course.on) {
    if (way.kind == Way::Kind::up) {
      parent_.send(frame, receipt);
    } else {
      branches_.send(way.child, frame, receipt);
    }
  }
  if (course.here) take_here(std::move(frame), std::move(receipt));
}

/// What the daemon itself reads has been read where it came in.
void Daemon::take_here(Frame frame, Receipt receipt) {
  if (frame.to == To::head) return read_as_head(frame);
  if (frame.job != kNoJob) household_.pass(std::move(frame), std::move(receipt));
}

// From below, and from this node itself.

void Daemon::on_child_frame(NodeId child, Frame frame, Receipt receipt) {
  const auto allowed =
      check_passage(post(), {.kind = Neighbour::Kind::child, .node = child}, frame);
  if (!allowed) return lose_child(child, allowed.error().text());
  pass_on(std::move(frame), {.kind = Way::Kind::child, .child = child}, std::move(receipt));
}

void Daemon::lose_child(NodeId child, const std::string& why) {
  branches_.drop(child);
  router_->remove(child);
  tell_head(NodeLost{child, why});
  say(OutputEnd{child}, kFirstJob);  // behind all that came by its link
}

/// The job has lost this node; the node is there for others.
void Daemon::on_shepherd_lost(JobId job, const std::string& why) {
  const ShepherdLost lost{bootstrap_->self.id, why};
  if (!head_) return say(lost, job);
  static_cast<void>(head_->hear(job, lost));
}

// On the head.

void Daemon::to_nodes(JobId job, const Message& message) {
  if (const auto* convene = std::get_if<Convene>(&message)) begin_job(*convene);
  say(message, job);
}

void Daemon::to_client(JobId job, const Message& message) {
  say(message, job);
}

void Daemon::set_deadline(JobId job, Millis after) {
  const auto timer = deadlines_.try_emplace(job, loop_, [this, job] { head_->on_deadline(job); });
  timer.first->second.start(after);
}

void Daemon::drop_deadline(JobId job) {
  deadlines_.erase(job);
}

void Daemon::go_home() {
  say(GoHome{}, kNoJob);
  begin_end();
}

void Daemon::read_as_head(const Frame& frame) {
  const auto taken = take_as_head(frame);
  if (!taken) lose_speaker(frame, taken.error().text());
}

Result<void> Daemon::take_as_head(const Frame& frame) {
  if (frame.job == kNoJob) {
    auto word = read_word<ClusterWord>(frame, post().starter_of);
    if (!word) return tl::unexpected(std::move(word.error()));
    return hear(std::move(*word), frame.body.size());
  }
  const auto word = read_word<JobWord>(frame, post().starter_of);
  if (!word) return tl::unexpected(word.error());
  return head_->hear(frame.job, *word);
}

Result<void> Daemon::hear(ClusterWord word, size_t bytes) {
  return head_->hear(std::move(word), bytes);
}

/// Who said what it may not is lost to the job; if we hold its link, that ends here.
void Daemon::lose_speaker(const Frame& frame, const std::string& why) {
  const NodeId speaker = frame.speaker;
  if (speaker == kClient) return leave_parent(why);
  if (speaker == bootstrap_->self.id) return household_.give_up(frame.job, why);
  if (branches_.up(speaker)) return lose_child(speaker, why);
  tell_head(NodeLost{speaker, why});
  say(OutputEnd{speaker}, kFirstJob);  // its link is another's, and what still comes by it is late
}

// The end.

/// What it prints last is read by its parent, if that is still there.
void Daemon::leave_parent(const std::string& why) {
  std::fprintf(stderr, "skyrund: left its parent: %s\n", printable(why).c_str());
  on_parent_lost();
}

void Daemon::on_parent_lost() {
  orphaned_ = true;
  parent_.mute();
  if (head_ && head_->has_jobs() && !ending_) return head_->on_client_lost();
  household_.dismiss(true);  // they see that, end their jobs' processes and go
  branches_.close(kEndPatience);
  ending_ = true;
  end_when_alone();
}

void Daemon::begin_end() {
  if (std::exchange(ending_, true)) return;
  household_.dismiss(false);
  branches_.await_end(kEndPatience);
}

void Daemon::end_when_alone() {
  if (!ending_ || !children_gone_ || !household_.empty()) return;
  if (!orphaned_) parent_.flush(kFlushPatience);
  loop_.stop();
}

}  // namespace skyrun
