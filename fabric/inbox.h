// SPDX-License-Identifier: Apache-2.0
//
// What comes from a peer: how much of each channel it has sent that it may not send again yet. Each
// frame is given out with a receipt; what receipts give back is granted when it is a quarter of a
// window in all, or with whatever goes to the peer anyway.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/result.h"
#include "fabric/packet.h"
#include "fabric/receipt.h"

namespace skyrun {

class Inbox {
 public:
  /// `on_due`: so much has been given back that it is to be granted now. Receipts may end in any
  /// callback, and after the box.
  explicit Inbox(std::function<void()> on_due);
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// The receipt of a frame that came; the error says what the peer did: "it sends more than it was
  /// granted".
  Result<Receipt> take(const Frame& frame);

  /// What to tell the peer, if there is anything it does not know; it counts as told.
  std::optional<Grant> news();

  /// What to begin a new link with.
  Resume resume();

  size_t channels() const;

 private:
  struct Books;
  struct Loan;

  std::shared_ptr<Books> books_;
};

}  // namespace skyrun
