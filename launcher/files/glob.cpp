// SPDX-License-Identifier: Apache-2.0
//
// Matching goes left to right and remembers only the last `*` and the last `**`. On a mismatch the
// last `*` takes one more character; where it may not (a slash) the last `**` does. An earlier star
// never needs a second try, so the time is bounded by the product of the lengths and not, as with
// recursion, by a power of the number of stars.
#include "launcher/files/glob.h"

#include <array>
#include <cctype>
#include <optional>

namespace skyrun {
namespace {

struct ByteClass {
  std::string_view name;
  int (*contains)(int);
};
constexpr std::array<ByteClass, 12> kByteClasses{{{"alnum", std::isalnum},
                                                  {"alpha", std::isalpha},
                                                  {"blank", std::isblank},
                                                  {"cntrl", std::iscntrl},
                                                  {"digit", std::isdigit},
                                                  {"graph", std::isgraph},
                                                  {"lower", std::islower},
                                                  {"print", std::isprint},
                                                  {"punct", std::ispunct},
                                                  {"space", std::isspace},
                                                  {"upper", std::isupper},
                                                  {"xdigit", std::isxdigit}}};

/// Reads one `[…]` and says whether it holds a byte. Ends early, invalid, when it is malformed.
class ByteSet {
 public:
  ByteSet(std::string_view glob, size_t open, char byte)
      : glob_(glob), at_(open + 1), byte_(static_cast<unsigned char>(byte)) {
    const bool negated = peek() == '!' || peek() == '^';
    if (negated) ++at_;
    do {
      valid_ = read_member();
    } while (valid_ && peek() != ']');
    holds_ = found_ != negated && byte != '/';
  }

  bool valid() const { return valid_; }
  bool holds() const { return valid_ && holds_; }
  size_t end() const { return at_ + 1; }  ///< after the closing bracket

 private:
  int peek(size_t ahead = 0) const {
    return at_ + ahead < glob_.size() ? static_cast<unsigned char>(glob_[at_ + ahead]) : -1;
  }

  /// The next literal byte, past a backslash; -1 at the end of the glob.
  int take() {
    if (peek() == '\\') ++at_;
    const int byte = peek();
    if (byte >= 0) ++at_;
    return byte;
  }

  bool read_member() {
    if (peek() == '[' && peek(1) == ':') {
      if (const auto known = read_class()) return *known;
    }
    if (peek() == '-' && range_start_ >= 0 && peek(1) >= 0 && peek(1) != ']') return read_range();
    range_start_ = take();
    found_ = found_ || range_start_ == byte_;
    return range_start_ >= 0 && peek() >= 0;
  }

  bool read_range() {
    ++at_;
    const int last = take();
    found_ = found_ || (range_start_ <= byte_ && byte_ <= last);
    range_start_ = -1;
    return last >= 0 && peek() >= 0;
  }

  /// Nothing when this is no `[:name:]` after all; false when nobody knows the name.
  std::optional<bool> read_class() {
    const size_t close = glob_.find(']', at_ + 2);
    if (close == std::string_view::npos) return false;
    if (close < at_ + 3 || glob_[close - 1] != ':') return std::nullopt;
    const auto name = glob_.substr(at_ + 2, close - at_ - 3);
    at_ = close + 1;
    range_start_ = -1;
    for (const auto& each : kByteClasses) {
      if (each.name != name) continue;
      found_ = found_ || (byte_ < 128 && each.contains(byte_) != 0);
      return peek() >= 0;
    }
    return false;
  }

  std::string_view glob_;
  size_t at_;
  int byte_;
  int range_start_ = -1;
  bool found_ = false;
  bool valid_ = false;
  bool holds_ = false;
};

/// Where a star stands and how much of the text it has taken so far.
struct Star {
  size_t after = 0;  ///< the glob goes on here
  size_t text = 0;   ///< the text goes on here
};

class Matcher {
 public:
  Matcher(std::string_view glob, std::string_view text) : glob_(glob), text_(text) {}

  bool run() {
    for (;;) {
      if (at_ < glob_.size() && glob_[at_] == '*') {
        take_star();
      } else if (text_at_ == text_.size()) {
        return at_ == glob_.size();
      } else if (!step() && !retry()) {
        return false;
      }
    }
  }

 private:
  void take_star() {
    const size_t first = at_;
    while (at_ < glob_.size() && glob_[at_] == '*') ++at_;
    const Star star{at_, text_at_};
    if (at_ - first >= 2) {
      double_star_ = star;
      single_star_.reset();
    } else {
      single_star_ = star;
    }
  }

  /// One byte of the text, which has one left, against one element of the glob.
  bool step() {
    if (at_ == glob_.size()) return false;
    const char byte = text_[text_at_];
    size_t next = at_ + 1;
    bool same = false;
    if (glob_[at_] == '?') {
      same = byte != '/';
    } else if (glob_[at_] == '[') {
      const ByteSet set(glob_, at_, byte);
      same = set.holds();
      next = set.end();
    } else if (glob_[at_] == '\\') {
      same = next < glob_.size() && glob_[next] == byte;
      ++next;
    } else {
      same = glob_[at_] == byte;
    }
    if (!same) return false;
    at_ = next;
    ++text_at_;
    return true;
  }

  /// Back to the last star that may take one more byte.
  bool retry() {
    if (single_star_ && text_[single_star_->text] == '/') single_star_.reset();
    Star* star = single_star_ ? &*single_star_ : double_star_ ? &*double_star_ : nullptr;
    if (star == nullptr) return false;
    text_at_ = ++star->text;
    at_ = star->after;
    return true;
  }

  std::string_view glob_;
  std::string_view text_;
  size_t at_ = 0;
  size_t text_at_ = 0;
  std::optional<Star> single_star_;
  std::optional<Star> double_star_;
};

}  // namespace

bool glob_matches(std::string_view glob, std::string_view text) {
  return Matcher(glob, text).run();
}

bool is_glob(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

}  // namespace skyrun
