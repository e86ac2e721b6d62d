// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "launcher/task/resources.h"
#include "launcher/task/site.h"
#include "launcher/task/value.h"

namespace skyrun {

/// The fields of one candidate that skyrun carries without using them, each in the form in which
/// SkyPilot keeps it (Resources.to_yaml_config): tiers in lower case, `disk_size` in GB, `autostop`
/// and `job_recovery` as dicts, `local_disk` as mode:size. Nulls and defaults are left out.
/// Fails with SkyPilot's words on what a field cannot be.
Result<Value> canonical_fields(const Value& config, const Site& site);

/// A whole candidate in that form: what `--dryrun` shows under `resources`.
Value resources_value(const Resources& resources);

/// Several candidates: one is itself, more are a dict of `ordered` or `any_of`.
Value resources_value(const ResourceChoice& choice);

/// `nvme:1000+`, from "nvme", "1000+", "ssd:500" and the like. Fails with SkyPilot's words.
Result<std::string> canonical_local_disk(std::string_view text);

}  // namespace skyrun
