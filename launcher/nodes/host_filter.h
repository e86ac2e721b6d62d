// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "launcher/nodes/host.h"

namespace skyrun {

/// Those hosts of a hostfile that --host names, in its order, as the file has them; slots are the
/// list's where it says some. A host that the file lacks is an error, which names the nearest.
Result<std::vector<Host>> choose_hosts(const std::vector<Host>& of_file,
                                       const std::vector<Host>& wanted, const std::string& file);

}  // namespace skyrun
