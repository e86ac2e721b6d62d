// SPDX-License-Identifier: Apache-2.0
#include "fabric/inbox.h"

#include <map>
#include <utility>

namespace skyrun {
namespace {

constexpr size_t kShare = 4;  // of a window: what is worth a grant of its own

}  // namespace

/// Outlives its box where receipts do.
struct Inbox::Books {
  struct Account {
    size_t held = 0;        // by receipts
    size_t given_back = 0;  // by receipts, and not granted yet
  };

  std::function<void()> on_due;  // none once the box has ended
  std::map<Channel, Account> accounts;
  size_t given_back = 0;  // in all accounts
  uint64_t received = 0;
  uint64_t told = 0;  // of received

  void give_back(Channel channel, size_t bytes) {
    Account& account = accounts.at(channel);
    account.held -= bytes;
    account.given_back += bytes;
    given_back += bytes;
    // Not of each channel for itself: thousands of small ones would never be forgotten.
    if (given_back >= window_of(Lane::control) / kShare && on_due) on_due();
  }
};

/// What a receipt points to.
struct Inbox::Loan {
  Loan(std::shared_ptr<Books> lender, Channel in, size_t cost)
      : books(std::move(lender)), channel(in), bytes(cost) {}
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  ~Loan() { books->give_back(channel, bytes); }

  std::shared_ptr<Books> books;
  Channel channel;
  size_t bytes;
};

Inbox::Inbox(std::function<void()> on_due) : books_(std::make_shared<Books>()) {
  books_->on_due = std::move(on_due);
}

Inbox::~Inbox() {
  books_->on_due = nullptr;
}

Result<Receipt> Inbox::take(const Frame& frame) {
  const Channel channel = channel_of(frame);
  const size_t cost = cost_of(frame);
  auto& account = books_->accounts[channel];
  if (account.held + account.given_back >= window_of(channel.lane))
    return failure("it sends more than it was granted");
  account.held += cost;
  ++books_->received;
  return Receipt(std::make_shared<Loan>(books_, channel, cost));
}

std::optional<Grant> Inbox::news() {
  if (books_->told == books_->received && books_->given_back == 0) return std::nullopt;
  Grant grant{.received = books_->received};
  for (auto& [channel, account] : books_->accounts) {
    if (account.given_back == 0) continue;
    grant.given_back.push_back({channel, std::exchange(account.given_back, 0)});
  }
  std::erase_if(books_->accounts, [](const auto& each) { return each.second.held == 0; });
  books_->given_back = 0;
  books_->told = books_->received;
  return grant;
}

Resume Inbox::resume() {
  news();  // what was given back is no longer held, and that is all that counts
  Resume resume{.received = books_->received};
  for (const auto& [channel, account] : books_->accounts)
    resume.held.push_back({channel, account.held});
  return resume;
}

size_t Inbox::channels() const {
  return books_->accounts.size();
}

}  // namespace skyrun
