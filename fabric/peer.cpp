// SPDX-License-Identifier: Apache-2.0
#include "fabric/peer.h"

#include <utility>

namespace skyrun {

Peer::Peer(Events events) : events_(std::move(events)), inbox_([this] { tell_news(); }) {}

void Peer::connect(Link& link) {
  link_ = &link;
  resuming_ = false;
  outbox_.start_over();
  pump();
}

void Peer::reconnect(Link& link) {
  link_ = &link;
  resuming_ = true;
  link.send(inbox_.resume());
}

void Peer::close() {
  closed_ = true;
  link_ = nullptr;
  outbox_.clear();
}

void Peer::send(Frame frame, Receipt receipt) {
  if (closed_) return;
  outbox_.push(std::move(frame), std::move(receipt));
  pump();
}

/// A receipt that ends here may have its holder send more: that goes in the turn of this loop.
void Peer::pump() {
  if (link_ == nullptr || resuming_ || std::exchange(pumping_, true)) return;
  while (link_ != nullptr && link_->unwritten() < kAhead) {
    const Packet* packet = outbox_.next();
    if (packet == nullptr || link_ == nullptr) break;
    link_->send(*packet);
    tell_news();
  }
  pumping_ = false;
}

void Peer::tell_news() {
  if (link_ == nullptr) return;
  if (const auto grant = inbox_.news()) link_->send(*grant);
}

void Peer::on_packet(Packet packet) {
  if (closed_) return;
  if (resuming_ && !std::holds_alternative<Resume>(packet))
    return events_.on_violation("it goes on without a word of what it has");
  std::visit([this](auto& each) { on(std::move(each)); }, packet);
}

void Peer::on(Frame frame) {
  auto receipt = inbox_.take(frame);
  if (!receipt) return events_.on_violation(receipt.error().text());
  events_.on_frame(std::move(frame), std::move(*receipt));
}

void Peer::on(const Grant& grant) {
  settle(outbox_.on_grant(grant));
}

void Peer::on(const Resume& resume) {
  if (!std::exchange(resuming_, false)) return events_.on_violation("it resumes what goes on");
  settle(outbox_.on_resume(resume));
}

void Peer::settle(const Result<void>& said) {
  if (!said) return events_.on_violation(said.error().text());
  pump();
}

}  // namespace skyrun
