// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "launcher/task/resources.h"

namespace skyrun {

/// `cloud[/region[/zone]]` with `*` for any part; k8s is kubernetes, and what follows kubernetes
/// and ssh is one name, slashes and all. Fails with SkyPilot's words on empty or too many parts,
/// and on a cloud that SkyPilot does not know.
Result<Infra> parse_infra(std::string_view text);

/// The same as text, trailing "any" parts left out; empty for "anywhere".
std::string infra_text(const Infra& infra);

}  // namespace skyrun
