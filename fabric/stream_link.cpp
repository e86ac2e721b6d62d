// SPDX-License-Identifier: Apache-2.0
//
// A callback may destroy the link (its owner drops a peer that misbehaves), so after each one the
// code looks at `alive` before it touches a member.
#include "fabric/stream_link.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace skyrun {
namespace {

constexpr int kTicksPerLease = 5;
constexpr size_t kReadBlock = 64U << 10U;
constexpr size_t kCompactAbove = size_t{1} << 20U;
constexpr int kReadsPerTurn = 4;  // then other descriptors have their turn

}  // namespace

StreamLink::StreamLink(EventLoop& loop, Fd in, Fd out, Options options, Events events)
    : loop_(loop),
      in_(std::move(in)),
      out_(std::move(out)),
      options_(std::move(options)),
      events_(std::move(events)),
      tick_(loop, [this] { on_tick(); }),
      doomed_(loop, [this] { lose(LossReason::broken, doom_); }) {
  if (options_.expect_greeting) scanner_.emplace();
  set_nonblocking(in_.get());
  if (out_) set_nonblocking(out_.get());
  auto watch = FdWatch::open(loop_, in_.get(), [this](FdWatch::Ready ready) { on_ready(ready); });
  if (watch) in_watch_ = std::move(*watch);
  if (out_) {
    auto writes =
        FdWatch::open(loop_, out_.get(), [this](FdWatch::Ready ready) { on_ready(ready); });
    if (writes) out_watch_ = std::move(*writes);
  }
  set_lease(options_.lease);
  want_events();
  if (!in_watch_ || (out_ && !out_watch_)) lose_later("its stream cannot be watched");
}

/// Whoever called us does not expect it to be lost yet.
void StreamLink::lose_later(std::string why) {
  doom_ = std::move(why);
  doomed_.request();
}

StreamLink::~StreamLink() {
  *alive_ = false;
}

void StreamLink::close() {
  lost_ = true;
  tick_.stop();
  in_watch_.reset();
  out_watch_.reset();
  in_.reset();
  out_.reset();
}

void StreamLink::set_lease(Millis lease) {
  if (lost_) return;
  options_.lease = lease;
  silent_ticks_ = 0;
  if (lease.count() > 0) tick_.repeat(lease / kTicksPerLease);
}

void StreamLink::send(const Packet& packet) {
  if (lost_) return;
  const auto* frame = std::get_if<Frame>(&packet);
  if (frame != nullptr && frame->body.size() > kMaxBody)
    return lose_later("what it was to be told is beyond 16 MiB");
  append_packet(out_buffer_, packet);
  want_events();
}

void StreamLink::send_raw(std::string_view bytes) {
  if (lost_) return;
  out_buffer_.append(bytes);
  want_events();
}

void StreamLink::want_events() {
  const bool write = StreamLink::unwritten() > 0 && !lost_;
  if (in_watch_) in_watch_->want({.read = !lost_, .write = write && !out_watch_});
  if (out_watch_) out_watch_->want({.write = write});
}

void StreamLink::on_ready(FdWatch::Ready ready) {
  const auto alive = alive_;
  if (ready.write && !write_some()) return;
  if (!*alive || !ready.read) return;
  for (int i = 0; i < kReadsPerTurn && !lost_; ++i) {
    if (!read_some() || !*alive) return;
  }
}

/// False when there is no more to read now, or the link has ended.
bool StreamLink::read_some() {
  std::array<char, kReadBlock> block;  // NOLINT(*-init): read() fills what is used
  const ssize_t n = ::read(in_.get(), block.data(), block.size());
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (n < 0) {
    lose(LossReason::broken, errno_error("connection broken").text());
    return false;
  }
  if (n == 0) {
    lose(LossReason::ended, "connection closed");
    return false;
  }
  heard_ = true;
  const auto size = static_cast<size_t>(n);
  return take({block.data(), size}) && size == block.size();
}

bool StreamLink::take(std::string_view bytes) {
  if (!scanner_) {
    reader_.push(bytes);
    return hand_out_packets();
  }
  const auto rest = scanner_->push(bytes);
  if (!rest) return true;
  const std::string build = scanner_->build();
  scanner_.reset();
  reader_.push(*rest);
  const auto alive = alive_;
  if (options_.on_greeting) options_.on_greeting(build);
  return *alive && !lost_ && hand_out_packets();
}

/// False when the link has ended, by its own word or its owner's.
bool StreamLink::hand_out_packets() {
  const auto alive = alive_;
  for (;;) {
    Packet packet;
    const auto more = reader_.next(packet);
    if (!more) {
      lose(LossReason::broken, "it does not speak our protocol: " + more.error().text());
      return false;
    }
    if (!*more) return true;
    events_.on_packet(std::move(packet));
    if (!*alive || lost_) return false;
  }
}

/// False when the link has ended.
bool StreamLink::write_some() {
  const int fd = out_ ? out_.get() : in_.get();
  while (unwritten() > 0) {
    const ssize_t n = ::write(fd, out_buffer_.data() + sent_, unwritten());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) break;
    if (n < 0) {
      // The reason stands in what the peer sent last: go on reading until its end.
      out_buffer_.clear();
      sent_ = 0;
      break;
    }
    spoke_ = true;
    sent_ += static_cast<size_t>(n);
  }
  if (sent_ > kCompactAbove || unwritten() == 0) {
    out_buffer_.erase(0, sent_);
    sent_ = 0;
  }
  const auto alive = alive_;
  if (events_.on_room) events_.on_room();
  if (!*alive || lost_) return false;
  want_events();
  return true;
}

void StreamLink::on_tick() {
  if (lost_) return;
  if (!std::exchange(spoke_, false) && unwritten() == 0) {
    append_keepalive(out_buffer_);
    want_events();
  }
  silent_ticks_ = std::exchange(heard_, false) || !greeted() ? 0 : silent_ticks_ + 1;
  if (silent_ticks_ >= kTicksPerLease) {
    lose(LossReason::silent,
         fmt::format("silent for {:.1f} s", std::chrono::duration<double>(options_.lease).count()));
  }
}

void StreamLink::lose(LossReason reason, std::string why) {
  if (std::exchange(lost_, true)) return;
  tick_.stop();
  out_buffer_.clear();  // nobody takes it any more, and nobody shall wait for that
  sent_ = 0;
  want_events();
  if (events_.on_lost) events_.on_lost({reason, std::move(why)});
}

void StreamLink::flush(Millis patience) {
  const int fd = out_ ? out_.get() : in_.get();
  while (unwritten() > 0 && !lost_) {
    pollfd writable{.fd = fd, .events = POLLOUT};
    if (::poll(&writable, 1, static_cast<int>(patience.count())) <= 0 || !write_some()) return;
  }
}

}  // namespace skyrun
