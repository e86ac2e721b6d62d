// SPDX-License-Identifier: Apache-2.0
#include "launcher/job/file_sender.h"

#include <utility>

namespace skyrun {

FileSender::FileSender(EventLoop& loop, std::vector<Mount> mounts, uint64_t window, Events events)
    : loop_(loop),
      mounts_(std::move(mounts)),
      window_(window),
      events_(std::move(events)),
      census_(mounts_),
      began_(loop.now()) {}

FileSender::~FileSender() {
  *alive_ = false;
}

void FileSender::on_taken(uint64_t bytes) {
  taken_ = std::max(taken_, bytes);
  go_on();
}

void FileSender::go_on() {
  if (ended_ || posted_ || sent_ >= taken_ + window_ || !events_.may_send()) return;
  posted_ = true;
  loop_.post([this, alive = alive_] {
    if (!*alive) return;
    posted_ = false;
    send_block();
  });
}

/// Every callback may be the end of this sender.
void FileSender::send_block() {
  const auto alive = alive_;
  const auto fail = [this](const Error& error) {
    ended_ = true;
    events_.on_failed(error.text());
  };
  if (!files_) {
    auto files = FileStream::open(std::exchange(mounts_, {}));
    if (!files) return fail(files.error());
    files_ = std::move(*files);
  }
  census_.go_on();
  auto block = files_->next();
  for (auto& notice : files_->take_notices()) events_.on_notice(std::move(notice));
  if (!block) return fail(block.error());
  ended_ = !block->has_value();  // the empty block says so
  sent_ += block->value_or("").size();
  events_.on_block(std::move(*block).value_or(""));
  if (*alive) go_on();
}

SyncStatus FileSender::status() const {
  return {.sent = files_ ? files_->sent() : Tally(),
          .total = census_.total(),
          .taken = taken_,
          .elapsed = loop_.now() - began_};
}

}  // namespace skyrun
