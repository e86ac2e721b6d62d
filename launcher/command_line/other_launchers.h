// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace skyrun {

/// What to type in place of an option of mpirun, mpiexec, srun or torchrun ("-H", "--machinefile");
/// nothing for what is none of theirs.
std::optional<std::string> advice_for_option(std::string_view name);

/// The same for a command of sky: `sky logs`.
std::optional<std::string> advice_for_verb(std::string_view word);

/// How many ranks an option of these launchers asks for, if it is one that does and has a number.
enum class RankCount { none, of_job, of_node };
RankCount counts_ranks(std::string_view name);

}  // namespace skyrun
