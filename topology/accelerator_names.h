// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace skyrun {

/// Are these two names of one accelerator? Case does not matter, and SkyPilot's own sources
/// disagree with each other: H100 and H100-80GB are one card.
bool same_accelerator(std::string_view one, std::string_view other);

}  // namespace skyrun
