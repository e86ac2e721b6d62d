// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "launcher/task/secret.h"
#include "launcher/task/value.h"

namespace skyrun {

using Secrets = std::vector<std::pair<std::string, Secret>>;

/// The text with "<redacted>" for every value of a secret in it: of fields into which a task's
/// variables are filled. What logs in in an address is hidden too.
std::string redacted(const std::string& text, const Secrets& secrets);

/// The same of every text below the value, keys too.
Value redacted(Value value, const Secrets& secrets);

}  // namespace skyrun
