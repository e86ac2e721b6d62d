// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/task/resources.h"
#include "launcher/task/site.h"
#include "launcher/task/value.h"

namespace skyrun {

/// The candidates of a `resources` dict: itself, or one for each of several accelerators, of
/// `any_of` and of `ordered`, each overriding the base. Follows Resources.from_yaml_config of
/// sky/resources.py, texts of errors included.
Result<ResourceChoice> build_resources(Value config, const Site& site);

/// One candidate of a dict with at most one accelerator (as text).
Result<Resources> build_candidate(const Value& config, const Site& site);

}  // namespace skyrun
