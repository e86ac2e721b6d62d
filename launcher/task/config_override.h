// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "launcher/task/value.h"

namespace skyrun {

/// Puts one --config over a task's `config`: `key.path=value`, several with commas between, each
/// value as YAML reads a plain scalar. Fails with SkyPilot's words on any other text, and where a
/// key on the way holds no dict.
Result<void> override_config(Value& config, const std::string& text);

}  // namespace skyrun
