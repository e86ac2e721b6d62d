// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "launcher/output/look.h"
#include "launcher/output/origin.h"

namespace skyrun {

/// Weaves the output of many ranks into one text in which no line has pieces of two, each line
/// behind the prefix of its origin. A piece that does not end with '\n' leaves its line open: the
/// same origin goes on without a new prefix, anything else begins a new line first. Pure: every
/// function returns what to write next. Bytes of ranks are passed on unchanged.
class Weaver {
 public:
  explicit Weaver(Look look) : look_(look) {}

  /// `pieces` as LineAssembler gives them.
  std::string output(const Origin& origin, std::string_view pieces);

  /// A line of our own, without prefix; '\n' is added.
  std::string message(std::string_view line);

  /// Ends the open line, if there is one.
  std::string close();
  bool has_open_line() const { return state_ != State::closed; }

 private:
  enum class State {
    closed,  // the next piece begins a line
    text,    // of origin_: a line without its end
    frame    // of origin_: a progress frame, which the next one overwrites
  };

  std::string piece(std::string_view piece, const std::string& prefix);

  Look look_;
  State state_ = State::closed;
  Origin origin_;  // of the open line
  /// Prefixes of origins whose open line we had to end: one a rank and stage at most, whatever
  /// nodes call their processes.
  std::map<std::tuple<Origin::Kind, std::string, uint32_t>, std::string> interrupted_;
};

}  // namespace skyrun
