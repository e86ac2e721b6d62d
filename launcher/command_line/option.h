// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// An option as a person types it. The table of them is all that --help, the completions and the
/// reading of the command line know, and what docs/man/check.sh compares the manual with.
struct Option {
  enum class Group { general, task, nodes, ranks, seats, start, end, cloud };

  /// What a shell offers for its value.
  enum class Completes { nothing, file, directory, host, word };

  Group group = Group::general;
  char letter = 0;         ///< 'n' of -n; 0: none
  std::string_view name;   ///< "--name"
  std::string_view value;  ///< what it takes, as --help names it; empty: nothing
  std::string_view help;   ///< a line without a full stop; of a cloud option: why it is refused
  Completes completes = Completes::nothing;
  bool repeats = false;    ///< may be given again
  std::string_view words;  ///< of Completes::word, the only values: "auto,tree,flat"

  bool takes_value() const { return !value.empty(); }

  /// Accepted so that SkyPilot's command lines go on working, and shown nowhere.
  bool is_hidden() const { return group == Group::cloud; }

  /// "-n, --name NAME"
  std::string shown() const;
};

/// What may stand in place of a task: `skyrun topo`.
struct Verb {
  std::string_view name;
  std::string_view help;
};

}  // namespace skyrun
