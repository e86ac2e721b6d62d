// SPDX-License-Identifier: Apache-2.0
#include "fabric/child.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "core/subprocess.h"
#include "core/text.h"
#include "fabric/launch_command.h"

namespace skyrun {
namespace {

constexpr size_t kMaxWords = 4096;
constexpr size_t kMaxLine = 400;
constexpr size_t kMaxVersion = 40;
constexpr int kMaxAttempts = 3;
constexpr Millis kLinger{1000};
constexpr Millis kRetryBase{200};

/// The last line that says something, fit for a terminal.
std::string last_line(std::string_view text) {
  std::string_view last;
  for (const auto line : split(text, '\n')) {
    const auto words = trim(line);
    if (!words.empty() && words.find(kShellMark) == std::string_view::npos) last = words;
  }
  return printable(last.substr(0, kMaxLine));
}

/// Our environment with the node's own home in place of ours.
std::vector<std::string> environment_with_home(const std::string& home) {
  std::vector<std::string> environment{"HOME=" + home};
  for (char** each = ::environ; *each != nullptr; ++each) {
    if (std::string_view(*each).substr(0, 5) != "HOME=") environment.emplace_back(*each);
  }
  return environment;
}

}  // namespace

Child::Child(EventLoop& loop, Reaper& reaper, Bootstrap bootstrap, Events events)
    : loop_(loop),
      reaper_(reaper),
      bootstrap_(std::move(bootstrap)),
      events_(std::move(events)),
      linger_(loop, [this] { on_linger(); }),
      retry_(loop, [this] { spawn_agent(); }) {}

Child::~Child() {
  if (pid_ == 0) return;
  reaper_.forget(pid_);
  kill();
}

void Child::start() {
  spawn_agent();
}

void Child::spawn_agent() {
  ++attempts_;
  auto stream = make_socketpair();
  auto errors = make_pipe();
  if (!stream || !errors) {
    const auto why = (stream ? errors.error() : stream.error()).text();
    return fail(false, fmt::format("{}; raise the limit (ulimit -n) or choose --launch=tree", why));
  }
  const int peer = stream->second.get();
  Command command{.argv = launch_command(node(), bootstrap_.launch),
                  .stdin_fd = peer,
                  .stdout_fd = peer,
                  .stderr_fd = errors->second.get(),
                  .new_session = true,
                  .death_signal = SIGTERM};
  if (node().local) command.argv = {bootstrap_.launch.daemon_path};
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
  Link::Events events{.on_frame =
                          [this](Frame frame) {
                            if (linked_ && !closed_) events_.on_frame(std::move(frame));
                          },
                      .on_lost = [this](std::string why) { on_link_lost(std::move(why)); },
                      .on_drained = events_.on_drained};
  link_ = std::make_unique<StreamLink>(loop_, std::move(stream), Fd(), std::move(options),
                                       std::move(events));
  link_->send(make_frame(bootstrap_, kClient));
  for (const auto& frame : opening_) link_->send(frame);
}

/// Every parent looks, from the client down, so that we are of the client's version ourselves.
void Child::on_greeting(const std::string& build) {
  if (build == kOwnBuild) {
    linked_ = true;
    opening_.clear();
    if (events_.on_linked) events_.on_linked();
    return;
  }
  const size_t blank = build.find(' ');
  const bool says = blank != std::string::npos;
  fail(false, fmt::format("runs skyrun {}, the client {}; install the same one at {} on every node",
                          says ? printable(build.substr(blank + 1, kMaxVersion)) : "of old",
                          SKYRUN_VERSION, bootstrap_.launch.daemon_path));
  close();
  kill();
}

void Child::send(const Frame& frame) {
  if (closed_) return;
  if (!linked_) opening_.push_back(frame);
  if (link_) link_->send(frame);
}

void Child::read_words() {
  std::array<char, kMaxWords> block{};
  const ssize_t n = ::read(stderr_.get(), block.data(), block.size());
  if (n <= 0) {
    if (n == 0) stderr_watch_.reset();
    return;
  }
  words_.append(block.data(), static_cast<size_t>(n));
  if (words_.size() > kMaxWords) words_.erase(0, words_.size() - kMaxWords);
}

StartPhase Child::phase() const {
  if (linked_) return StartPhase::greeting;
  return shell_reached_ ? StartPhase::starting : StartPhase::connecting;
}

std::string Child::last_words() const {
  const std::string words = last_line(words_);
  return words.empty() ? last_line(noise_) : words;
}

void Child::on_link_lost(std::string why) {
  link_loss_ = std::move(why);
  if (link_->scanner() != nullptr) {
    noise_ = link_->scanner()->noise();
    shell_reached_ = link_->scanner()->shell_reached();
  }
  // A silent peer's launch agent may wait for ever; after a clean end it has words to say.
  if (link_loss_.rfind("silent", 0) == 0) kill();
  if (exit_) {
    conclude();
  } else {
    linger_.start(kLinger);
  }
}

void Child::on_exit(ExitStatus status) {
  pid_ = 0;
  exit_ = status;
  linger_.stop();
  while (stderr_watch_) {  // what it said last is still in the pipe
    const size_t before = words_.size();
    read_words();
    if (words_.size() == before || before == kMaxWords) break;
  }
  if (!link_loss_.empty()) {
    conclude();
  } else if (!closed_) {
    // The stream's end is already on its way; a descendant of the agent may keep it open.
    linger_.start(kLinger);
  }
  events_.on_gone();
}

void Child::on_linger() {
  if (pid_ != 0) return kill();
  if (link_ && link_loss_.empty()) on_link_lost("the launch agent ended");
}

void Child::conclude() {
  if (concluded_ || closed_) return;
  if (!linked_) {
    if (try_again()) return;
    const int code = exit_->shell_code();
    // Whoever reached the remote shell was let in: another starter would fare no better.
    return fail(!shell_reached_, explain_failure(node(), bootstrap_.launch, code, last_words()));
  }
  concluded_ = true;
  const std::string words = last_line(words_);
  events_.on_lost(words.empty() ? link_loss_ : fmt::format("{}: {}", link_loss_, words));
}

bool Child::try_again() {
  if (attempts_ >= kMaxAttempts || !is_transient(exit_->shell_code(), words_)) return false;
  exit_.reset();
  link_loss_.clear();
  words_.clear();
  stderr_watch_.reset();
  loop_.post(
      [dead = std::shared_ptr<StreamLink>(std::move(link_))] {});  // we may be in its callback
  // Spread over time those that were refused together: by node id, which differs for each.
  retry_.start(kRetryBase * attempts_ + Millis(node().id.value * 37 % 200));
  return true;
}

void Child::fail(bool refused, std::string why) {
  concluded_ = true;
  loop_.post([this, refused, text = std::move(why)] {
    events_.on_start_failed({.node = node().id, .refused = refused, .phase = phase(), .why = text});
  });
}

void Child::give_up(Millis after) {
  if (linked_ || concluded_) return;
  if (link_ && link_->scanner() != nullptr) {
    noise_ = link_->scanner()->noise();
    shell_reached_ = link_->scanner()->shell_reached();
  }
  const std::string words = last_words();
  fail(false,
       fmt::format("no answer within {:.0f} s{}{}", std::chrono::duration<double>(after).count(),
                   words.empty() ? "" : ": ", words));
  close();
  kill();
}

void Child::close() {
  closed_ = true;
  retry_.stop();
  stderr_watch_.reset();
  if (link_) loop_.post([dead = std::shared_ptr<StreamLink>(std::move(link_))] {});
  if (pid_ == 0) loop_.post([this] { events_.on_gone(); });
}

void Child::kill() {
  if (pid_ != 0) ::kill(pid_, SIGKILL);
}

}  // namespace skyrun
