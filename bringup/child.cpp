// SPDX-License-Identifier: Apache-2.0
#include "bringup/child.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"

namespace skyrun {
namespace {

constexpr size_t kMaxWords = 4096;
constexpr size_t kMaxVersion = 40;
constexpr int kMaxAttempts = 3;
constexpr Millis kLinger{1000};
constexpr Millis kRetryBase{200};

/// Our environment with the node's own home in place of ours.
std::vector<std::string> environment_with_home(const std::string& home) {
  std::vector<std::string> environment{"HOME=" + home};
  for (char** each = ::environ; *each != nullptr; ++each) {
    if (std::string_view(*each).substr(0, 5) != "HOME=") environment.emplace_back(*each);
  }
  return environment;
}

}  // namespace

Child::Child(EventLoop& loop, Reaper& reaper, Bootstrap bootstrap, Millis patience, Events events)
    : loop_(loop),
      reaper_(reaper),
      bootstrap_(std::move(bootstrap)),
      patience_(patience),
      events_(std::move(events)),
      peer_(
          {.on_frame = [this](Frame frame,
                              Receipt receipt) { on_frame(std::move(frame), std::move(receipt)); },
           .on_violation = [this](std::string what) { on_violation(std::move(what)); }}),
      linger_(loop, [this] { on_linger(); }),
      retry_(loop, [this] { spawn_agent(); }),
      deadline_(loop, [this] { on_deadline(); }),
      tell_failure_(loop, [this] { events_.on_start_failed(std::move(*failure_)); }),
      tell_gone_(loop, [this] { events_.on_gone(); }) {
  peer_.send(make_frame(bootstrap_, kClient));
  deadline_.start(patience_);
}

Child::~Child() {
  if (pid_ == 0) return;
  reaper_.forget(pid_);
  Child::kill();
}

/// Does the event mean anything now?
bool Child::step(ChildEvent event) {
  const ChildState to = next(state_, event);
  return std::exchange(state_, to) != to;
}

bool Child::start() {
  if (state_ != ChildState::idle) return false;
  spawn_agent();
  return true;
}

std::vector<std::string> Child::command_line() const {
  const auto& launch = bootstrap_.launch;
  if (node().local) return {launch.daemon_path};
  return launch_command(node(), launch, SshConfig::load(launch.agent), exchange_);
}

void Child::spawn_agent() {
  step(ChildEvent::begin);
  ++attempts_;
  auto stream = make_socketpair();
  auto errors = make_pipe();
  if (!stream || !errors) {
    const auto why = (stream ? errors.error() : stream.error()).text();
    return fail(false, fmt::format("{}; raise the limit (ulimit -n) or choose --launch=tree", why));
  }
  const int peer = stream->second.get();
  Command command{.argv = command_line(),
                  .stdin_fd = peer,
                  .stdout_fd = peer,
                  .stderr_fd = errors->second.get(),
                  .new_session = true,
                  .death_signal = SIGTERM};
  if (!node().home.empty()) {
    command.environment = environment_with_home(node().home);
    command.directory = node().home;
  }
  const auto pid = spawn(command);
  if (!pid) return fail(false, "cannot start " + pid.error().text());
  pid_ = *pid;
  reaper_.watch(pid_, [this](ExitStatus status) { on_exit(status); });
  stderr_ = std::move(errors->first);
  set_nonblocking(stderr_.get());
  auto watch = FdWatch::open(loop_, stderr_.get(), [this](FdWatch::Ready) { read_words(); });
  if (watch) {
    stderr_watch_ = std::move(*watch);
    stderr_watch_->want({.read = true});
  }
  open_link(std::move(stream->first));
}

void Child::open_link(Fd stream) {
  StreamLink::Options options{
      .lease = bootstrap_.launch.lease,
      .expect_greeting = true,
      .on_greeting = [this](const std::string& build) { on_greeting(build); }};
  Link::Events events{.on_packet = [this](Packet packet) { peer_.on_packet(std::move(packet)); },
                      .on_lost = [this](Loss loss) { on_link_lost(std::move(loss)); },
                      .on_room = [this] { peer_.on_room(); }};
  link_ = std::make_unique<StreamLink>(loop_, std::move(stream), Fd(), std::move(options),
                                       std::move(events));
  peer_.connect(*link_);
}

/// Nothing comes from it any more. It is destroyed later, for we may be in its callback.
void Child::drop_link() {
  if (ended()) peer_.close();
  if (!link_) return;
  peer_.disconnect();
  link_->close();
  loop_.post([dead = std::shared_ptr<StreamLink>(std::move(link_))] {});
}

/// Every parent looks, from the client down, so that we are of the client's version ourselves.
void Child::on_greeting(const std::string& build) {
  if (build == kOwnBuild) {
    step(ChildEvent::greeting);
    return events_.on_greeted();
  }
  attempt_.shell_reached = true;  // or nobody would have greeted
  const size_t blank = build.find(' ');
  const bool says = blank != std::string::npos;
  fail(false, fmt::format("runs skyrun {}, the client {}; install the same one at {} on every node",
                          says ? printable(build.substr(blank + 1, kMaxVersion)) : "of old",
                          SKYRUN_VERSION, bootstrap_.launch.daemon_path));
}

void Child::on_frame(Frame frame, Receipt receipt) {
  if (step(ChildEvent::word)) deadline_.stop();
  events_.on_frame(std::move(frame), std::move(receipt));
}

/// It is not listened to any more, whatever its launch agent does.
void Child::on_violation(std::string what) {
  link_->close();
  on_link_lost({LossReason::broken, std::move(what)});
  kill();
}

void Child::send(Frame frame, Receipt receipt) {
  if (!ended()) peer_.send(std::move(frame), std::move(receipt));
}

void Child::read_words() {
  std::array<char, kMaxWords> block{};
  const ssize_t n = ::read(stderr_.get(), block.data(), block.size());
  if (n <= 0) {
    if (n == 0) stderr_watch_.reset();
    return;
  }
  attempt_.words.append(block.data(), static_cast<size_t>(n));
  if (attempt_.words.size() > kMaxWords) attempt_.words.erase(0, attempt_.words.size() - kMaxWords);
}

/// What it said last is still in the pipe. A descendant of the agent may write on for ever.
void Child::read_last_words() {
  while (stderr_watch_) {
    const size_t before = attempt_.words.size();
    read_words();
    if (attempt_.words.size() == before || before == kMaxWords) break;
  }
}

/// What came before the greeting, as far as it came.
void Child::read_noise() {
  if (!link_ || link_->scanner() == nullptr) return;
  attempt_.noise = link_->scanner()->noise();
  attempt_.shell_reached = link_->scanner()->shell_reached();
}

StartPhase Child::phase() const {
  if (linked()) return StartPhase::greeting;
  return attempt_.shell_reached ? StartPhase::starting : StartPhase::connecting;
}

std::string Child::last_words() const {
  const std::string words = last_line(attempt_.words);
  return words.empty() ? last_line(attempt_.noise) : words;
}

void Child::on_link_lost(Loss loss) {
  attempt_.loss = std::move(loss);
  read_noise();
  // A silent peer's launch agent may wait for ever; after a clean end it has words to say.
  if (attempt_.loss->reason == LossReason::silent) kill();
  if (attempt_.exit) {
    conclude();
  } else {
    linger_.start(kLinger);
  }
}

void Child::on_exit(ExitStatus status) {
  pid_ = 0;
  attempt_.exit = status;
  linger_.stop();
  read_last_words();
  if (attempt_.loss) {
    conclude();
  } else if (!ended()) {
    // The stream's end is already on its way; a descendant of the agent may keep it open.
    linger_.start(kLinger);
  }
  events_.on_gone();
}

void Child::on_linger() {
  if (pid_ != 0) return kill();
  if (!ended()) on_link_lost({LossReason::ended, "the launch agent ended"});
}

/// Both the agent and the link have ended.
void Child::conclude() {
  if (ended()) return;
  if (!linked()) {
    auto failure = diagnose(node(), bootstrap_.launch,
                            {.exit_code = attempt_.exit->shell_code(),
                             .errors = attempt_.words,
                             .noise = attempt_.noise,
                             .shell_reached = attempt_.shell_reached});
    if (try_again(failure)) return;
    // Whoever reached the remote shell was let in: another starter would fare no better.
    return fail(!attempt_.shell_reached, std::move(failure.why), std::move(failure.advice));
  }
  step(ChildEvent::end);
  deadline_.stop();
  drop_link();
  const std::string words = last_line(attempt_.words);
  const std::string& why = attempt_.loss->why;
  events_.on_lost(words.empty() ? why : fmt::format("{}: {}", why, words));
}

bool Child::try_again(const StartFailure& failure) {
  const bool is_exchange =
      failure.reason == StartReason::no_common_kex && exchange_ == KeyExchange::fast;
  if (attempts_ >= kMaxAttempts || !(failure.passes || is_exchange)) return false;
  if (is_exchange) exchange_ = KeyExchange::usual;
  step(ChildEvent::turned_away);
  drop_link();
  attempt_ = {};
  stderr_watch_.reset();
  // Spread over time those that were refused together: by node id, which differs for each.
  retry_.start(kRetryBase * attempts_ + Millis(node().id.value * 37 % 200));
  return true;
}

/// The start is over. Told in a later turn, for whoever starts us may not expect it now.
void Child::fail(bool refused, std::string why, std::string advice) {
  if (phase() == StartPhase::connecting) {
    const std::string command = command_to_try(node(), bootstrap_.launch);
    if (!command.empty()) advice += (advice.empty() ? "try: " : "; try: ") + command;
  }
  failure_ = {.node = node().id,
              .refused = refused,
              .phase = phase(),
              .why = std::move(why),
              .advice = std::move(advice)};
  step(ChildEvent::end);
  retry_.stop();
  deadline_.stop();
  drop_link();
  kill();
  tell_failure_.request();
}

void Child::on_deadline() {
  read_noise();
  const std::string words = last_words();
  fail(false, fmt::format("no answer within {:.0f} s{}{}",
                          std::chrono::duration<double>(patience_).count(),
                          words.empty() ? "" : ": ", words));
}

void Child::close() {
  if (!step(ChildEvent::close)) return;
  retry_.stop();
  deadline_.stop();
  tell_failure_.cancel();
  stderr_watch_.reset();
  drop_link();
  if (pid_ == 0) tell_gone_.request();
}

void Child::kill() {
  if (pid_ != 0) ::kill(pid_, SIGKILL);
}

}  // namespace skyrun
