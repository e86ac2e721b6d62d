// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace skyrun {

/// What went wrong, worded for the person at the terminal: "<what>: <why>". Lower case, no full
/// stop, names the file, line, host or option, and says the remedy where there is one.
class Error {
 public:
  explicit Error(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }

  /// The same error with its context in front: Error("line 3: …").within("hostfile").
  Error within(std::string_view context) && {
    text_.insert(0, std::string(context) + ": ");
    return std::move(*this);
  }

  friend bool operator==(const Error& a, const Error& b) { return a.text_ == b.text_; }

 private:
  std::string text_;
};

template <class T>
using Result = tl::expected<T, Error>;

/// A failed Result: `return failure("…")`.
inline tl::unexpected<Error> failure(std::string text) {
  return tl::unexpected(Error(std::move(text)));
}

/// The current errno in words, after a context: errno_error("open /x") is "open /x: No such file…".
Error errno_error(std::string_view context);
Error errno_error(std::string_view context, int errnum);

}  // namespace skyrun
