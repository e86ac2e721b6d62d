// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/household.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "core/directory.h"
#include "core/process_tree.h"
#include "core/scratch_directory.h"
#include "node_daemon/shepherd/warden.h"
#include "protocol/authority.h"
#include "protocol/cluster.h"
#include "protocol/message.h"

namespace skyrun {

struct Household::Member {
  JobId job;  // kNoJob: it is the spare
  ShepherdState state = ShepherdState::here;
  pid_t warden = 0;
  pid_t shepherd = 0;  // once it has said something
  bool told = false;   // that it is lost
  bool ended = false;  // its output
  bool went = false;   // by itself, so that it has left nothing
  std::unique_ptr<StreamPeer> link;
  Timer patience;

  explicit Member(Household& household)
      : patience(household.loop_,
                 [this, &household] { household.handle(*this, ShepherdEvent::given_up); }) {}
};

namespace {

/// It is the only one that a warden starts.
pid_t shepherd_below(pid_t warden) {
  for (const auto& process : descendants_of(warden)) {
    if (process.parent == warden) return process.pid;
  }
  return 0;
}

}  // namespace

Household::Household(EventLoop& loop, Reaper& reaper, Start start, Sweep::Spared others,
                     Events events)
    : loop_(loop),
      reaper_(reaper),
      start_(std::move(start)),
      others_(std::move(others)),
      events_(std::move(events)),
      tell_not_started_(loop, [this] { tell_not_started(); }),
      sweep_(
          loop, reaper,
          [this](const std::string&) {
            sweep_scratch(scratch_root(home_directory()));  // of those that were killed
            events_.on_gone();
          },
          [this] { return pids(); }) {}

Household::~Household() {
  for (const auto& member : members_) reaper_.forget(member->warden);
}

/// Of all that a sweep spares: whatever becomes of a warden, its shepherd is not another's.
std::vector<pid_t> Household::pids() const {
  std::vector<pid_t> pids = others_();
  for (const auto& member : members_) {
    pids.push_back(member->warden);
    if (member->shepherd != 0) pids.push_back(member->shepherd);
  }
  return pids;
}

// Beginning.

/// One that cannot be started now is missed by the first job, which says so.
void Household::bring_up(NodeId self) {
  self_ = self;
  static_cast<void>(start_member());
}

void Household::begin(JobId job) {
  if (dismissed_ || find(job) != nullptr) return;
  if (Member* spare = find(kNoJob)) {
    spare->job = job;
    return;
  }
  auto started = start_member();
  if (started) {
    (*started)->job = job;
    return;
  }
  not_started_.emplace_back(job, "cannot start its shepherd: " + started.error().text());
  tell_not_started_.request();
}

/// Whoever has begun the job does not expect it to be lost yet.
void Household::tell_not_started() {
  for (const auto& [job, why] : std::exchange(not_started_, {})) {
    events_.on_output_end(job);
    events_.on_lost(job, why);
  }
}

Result<Household::Member*> Household::start_member() {
  auto started = start_();
  if (!started) return tl::unexpected(std::move(started.error()));
  Member& member = *members_.emplace_back(std::make_unique<Member>(*this));
  member.warden = started->warden;
  reaper_.watch(member.warden,
                [this, &member](ExitStatus status) { on_warden_exit(member, status); });
  member.link = std::make_unique<StreamPeer>(
      loop_, std::move(started->link), Fd(), StreamLink::Options{.lease = kShepherdLease},
      StreamPeer::Events{
          .on_frame =
              [this, &member](Frame frame, Receipt receipt) {
                on_frame(member, std::move(frame), std::move(receipt));
              },
          .on_lost = [this, &member](const Loss& loss) { on_link_lost(member, loss); }});
  member.link->send(make_frame(Enlist{self_}, kClient));
  return &member;
}

/// A spare one only while it is there.
Household::Member* Household::find(JobId job) const {
  for (const auto& member : members_) {
    if (member->job == job && (job != kNoJob || member->state == ShepherdState::here))
      return member.get();
  }
  return nullptr;
}

// Frames.

void Household::pass(Frame frame, Receipt receipt) {
  const Member* member = find(frame.job);
  if (member != nullptr) member->link->send(std::move(frame), std::move(receipt));
}

void Household::on_frame(Member& member, Frame frame, Receipt receipt) {
  if (member.shepherd == 0) member.shepherd = shepherd_below(member.warden);
  const Post post{.self = self_, .starter_of = [](NodeId) { return std::nullopt; }};
  const Neighbour from{.kind = Neighbour::Kind::shepherd, .job = member.job};
  const auto allowed = check_passage(post, from, frame);
  if (!allowed) return give_up(member, allowed.error().text());
  events_.on_frame(std::move(frame), std::move(receipt));
}

/// Behind all that came of it.
void Household::end_output(Member& member) {
  if (!std::exchange(member.ended, true) && member.job != kNoJob) events_.on_output_end(member.job);
}

// Ending.

void Household::give_up(JobId job, const std::string& why) {
  if (Member* member = find(job)) give_up(*member, why);
}

void Household::give_up(Member& member, const std::string& why) {
  tell_loss(member, "its shepherd: " + why);
  handle(member, ShepherdEvent::given_up);
}

void Household::on_link_lost(Member& member, const Loss& loss) {
  end_output(member);
  if (loss.reason == LossReason::silent) return give_up(member, loss.why);
  handle(member, ShepherdEvent::link_ended);
}

/// It ends as its shepherd did.
void Household::on_warden_exit(Member& member, ExitStatus status) {
  member.went = status.ok() || (dismissed_ && status.signal == 0);
  if (!member.went) tell_loss(member, "its shepherd was killed: " + to_text(status));
  handle(member, ShepherdEvent::warden_ended);
}

void Household::tell_loss(Member& member, const std::string& why) {
  if (!std::exchange(member.told, true) && member.job != kNoJob) events_.on_lost(member.job, why);
}

void Household::handle(Member& member, ShepherdEvent event) {
  const ShepherdState to = next(member.state, event);
  if (to == member.state) return;
  member.state = to;
  if (to == ShepherdState::gone) return remove(member);
  if (to != ShepherdState::killed) return member.patience.start(kPatience);
  member.link->close();
  end_output(member);
  ::kill(member.warden, SIGKILL);
}

/// It is destroyed later, for we may be in its callback.
void Household::remove(Member& member) {
  member.link->close();
  member.patience.stop();
  const auto place = std::find_if(members_.begin(), members_.end(),
                                  [&member](const auto& each) { return each.get() == &member; });
  loop_.post([dead = std::shared_ptr<Member>(std::move(*place))] {});
  members_.erase(place);
  if (member.went) return events_.on_gone();
  sweep_.start(Millis(0));
}

void Household::dismiss(bool at_once) {
  dismissed_ = true;
  std::vector<Member*> all;
  for (const auto& member : members_) all.push_back(member.get());
  for (Member* member : all) {
    if (!at_once && member->job != kNoJob) {
      if (!member->patience.active()) member->patience.start(kPatience);
      continue;
    }
    member->link->close();
    handle(*member, ShepherdEvent::link_ended);
  }
}

}  // namespace skyrun
