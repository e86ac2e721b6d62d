// SPDX-License-Identifier: Apache-2.0
//
// The texts of --map-by, --rank-by and --bind-to. As in PRRTE, words are case-insensitive and may
// be shortened as long as they fit one word only; qualifiers follow after colons:
//
//   --map-by  slot | node | package | numa | l1cache | l2cache | l3cache | core | hwthread |
//             ppr:N:OBJECT | seq | rankfile | pe-list=CPU,… | strict | fill
//             :PE=n :SPAN :OVERSUBSCRIBE :NOOVERSUBSCRIBE :NOLOCAL :HWTCPUS :CORECPUS :FILE=path
//             :ORDERED
//   --rank-by slot | node | fill | span
//   --bind-to none | hwthread | core | l1cache | l2cache | l3cache | numa | package
//             :overload-allowed :no-overload :if-supported :limit=n :report
#pragma once

#include <string_view>

#include "topology/mapping/policy.h"

namespace skyrun {

/// Each fails with "--map-by text: <why>", naming the words that there are. `option` is what the
/// person knows it by.
Result<Mapping> parse_map_by(std::string_view text, std::string_view option = "--map-by");
Result<RankBy> parse_rank_by(std::string_view text);
Result<Binding> parse_bind_to(std::string_view text);

/// "package", as the options name it.
std::string_view level_name(Level level);

/// What would give it: "ppr:2:numa:PE=4".
std::string map_text(const Mapping& mapping);
std::string_view rank_text(RankBy rank);
std::string bind_text(const Binding& binding);

}  // namespace skyrun
