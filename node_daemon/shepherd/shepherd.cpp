// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/shepherd/shepherd.h"

#include <csignal>
#include <utility>

#include "core/directory.h"
#include "fabric/incoming.h"
#include "node_daemon/shepherd/environment.h"
#include "node_daemon/shepherd/warden.h"

namespace skyrun {
namespace {
/// Without its daemon a job has at most this long to end by itself.
constexpr Millis kOrphanGrace{3000};
/// Of output that waits to be sent; then the programs wait.
constexpr size_t kMostUnsent = size_t{256} << 10U;
}  // namespace

Shepherd::Shepherd(EventLoop& loop, Fd link, Fd pulse)
    : loop_(loop),
      reaper_(loop),
      home_(home_directory()),
      sweep_(loop, reaper_, [this](const std::string& left) { on_swept(left); }),
      crew_(loop, reaper_,
            {.send = [this](const Message& message) { send_of_crew(message); },
             .anybody_left = [this] { return sweep_.anybody_left(); }}),
      daemon_(find_process(peer_of(link.get()))),
      link_(loop, std::move(link), Fd(), {.lease = kShepherdLease},
            {.on_frame = [this](const Frame& frame, const Receipt&) { on_frame(frame); },
             .on_lost = [this](const Loss& loss) { on_daemon_lost(loss); },
             .on_written = [this] { leave_when_written(); }}),
      pulse_(loop, std::move(pulse), [this] { end_job(); }) {
  become_subreaper();
}

void Shepherd::on_frame(const Frame& frame) {
  if (leaving_) return;
  const auto word = take(frame);
  if (word) {
    if (frame.job != kNoJob) job_ = frame.job;
    return std::visit([this](const auto& each) { on(each); }, *word);
  }
  if (job_ != kNoJob) send_ended(Stage::run, "its daemon: " + word.error().text());
  end_job();
}

/// Every node of the job is ours to hear about: no message to us is about one.
Result<ShepherdWord> Shepherd::take(const Frame& frame) {
  const StarterOf nobody = [](NodeId) { return std::nullopt; };
  auto allowed = check_passage({.self = node_, .starter_of = nobody},
                               {.kind = Neighbour::Kind::daemon}, frame);
  if (!allowed) return tl::unexpected(std::move(allowed.error()));
  if (job_ != kNoJob && frame.job != kNoJob && frame.job != job_)
    return failure("it sent something of another job");
  return read_word<ShepherdWord>(frame, nobody);
}

void Shepherd::send(const Message& message, Receipt receipt) {
  link_.send(make_frame(message, node_, job_), std::move(receipt));
}

void Shepherd::send_of_crew(const Message& message) {
  const auto* output = std::get_if<Output>(&message);
  if (output == nullptr) return send(message);
  const size_t size = output->bytes.size();
  unsent_ += size;
  send(message, Receipt(this, [size](Shepherd* self) {
         self->unsent_ -= size;
         self->update_flow();
       }));
  update_flow();
}

/// The programs wait while the way to the client is full.
void Shepherd::update_flow() {
  crew_.set_reading(unsent_ < kMostUnsent);
}

void Shepherd::on(const Enlist& enlist) {
  node_ = enlist.self;
}

void Shepherd::on(const Prepare& prepare) {
  prepare_ = prepare;
  auto directories = JobDirectories::create(prepare.job, node_, home_);
  if (directories) {
    directories_.emplace(std::move(*directories));
  } else {
    prepare_error_ = directories.error().text();
  }
  const auto fits = check_environments(own_environment(), prepare, node_, ExecLimits::here());
  if (prepare_error_.empty() && !fits) prepare_error_ = fits.error().text();
  send(Prepared{.node = node_,
                .workdir_taken = directories_ && directories_->workdir().taken(),
                .error = prepare_error_});
}

// Stages.

void Shepherd::on(const StartStage& start) {
  if (start.own_workdir && !std::exchange(own_workdir_, true)) use_own_workdir();
  if (start.stage == Stage::sync) return;  // the files are on their way
  if (stopping_) return send(StageEnded{.node = node_, .stage = start.stage, .stopped = true});
  const auto started = start_stage(start.stage);
  if (!started) send_ended(start.stage, started.error().text());
}

void Shepherd::use_own_workdir() {
  if (!directories_) return;
  if (auto made = directories_->use_own_workdir(); !made) prepare_error_ = made.error().text();
  send(Notice{node_, "a job that runs has ~/sky_workdir; this one's workdir is ~/" +
                         directories_->workdir().below_home()});
}

Result<void> Shepherd::start_stage(Stage stage) {
  if (!prepare_error_.empty()) return failure(prepare_error_);
  if (!directories_) return failure("a stage was started before the job was prepared");
  return crew_.start(stage, {*prepare_, node_, *directories_, home_});
}

void Shepherd::send_ended(Stage stage, std::string error) {
  send(StageEnded{.node = node_, .stage = stage, .stopped = stopping_, .error = std::move(error)});
}

// Files.

void Shepherd::on(const SyncBegin& begin) {
  if (!prepare_error_.empty()) return send_ended(Stage::sync, prepare_error_);
  if (!directories_) return send_ended(Stage::sync, "files came before the job was prepared");
  receiver_ = std::make_unique<FileReceiver>(
      loop_, reaper_,
      FileReceiver::Events{
          .on_end = [this](std::string error) { send_ended(Stage::sync, std::move(error)); },
          .on_taken =
              [this](uint64_t bytes) {
                send(SyncTaken{node_, bytes});
              }});
  auto scratch = directories_->scratch();
  if (!scratch) return send_ended(Stage::sync, scratch.error().text());
  const Workdir& workdir = directories_->workdir();
  receiver_->begin(begin, {.home = home_,
                           .workdir = workdir.path(),
                           .scratch = *scratch,
                           .writes_home = workdir.writes_home()});
}

void Shepherd::on(const SyncBlock& block) {
  if (receiver_) receiver_->push(block);
}

// The end.

void Shepherd::on(const SignalRanks& signal) {
  sweep_.signal_programs(signal.signo);
}

void Shepherd::on(const StopRanks& stop) {
  stopping_ = true;
  crew_.stop();
  sweep_.start(stop.grace);
}

/// Every end was collected and told before.
void Shepherd::on_swept(const std::string& left) {
  if (leaving_) return leave();
  if (!left.empty()) return send(Notice{node_, "cannot end " + left});  // so it is not quiet
  crew_.finish();
  send(NodeQuiet{node_});
}

void Shepherd::on(const JobOver&) {
  leaving_ = dismissed_ = true;
  sweep_.start(Millis(0));
}

void Shepherd::on_daemon_lost(const Loss& loss) {
  daemon_hangs_ = loss.reason == LossReason::silent;
  end_job();
}

void Shepherd::end_job() {
  leaving_ = true;
  sweep_.start(kOrphanGrace);
}

void Shepherd::leave() {
  if (directories_) directories_->remove_scratch();
  if (daemon_hangs_ && daemon_) signal_process(*daemon_, SIGKILL);
  crew_.finish();
  done_ = true;
  leave_when_written();
}

/// However long that takes: the person's reader may be asleep.
void Shepherd::leave_when_written() {
  if (done_ && link_.written()) loop_.stop();
}

}  // namespace skyrun
