// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "launcher/output/failure_report.h"

namespace skyrun {

/// How every rank of a stage ended, in words, a row a rank in rank order, the one that failed first
/// marked. Beyond 16 ranks those that ended alike share a row, so that a thousand stay readable;
/// never more than about 20 rows. Lines end with '\n'.
std::string outcome_table(std::vector<RankReport> outcomes);

}  // namespace skyrun
