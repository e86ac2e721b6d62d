// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "launcher/task/schema.h"

namespace skyrun {

/// The shapes of a task file's parts, after sky/utils/schemas.py of SkyPilot. `resources` and the
/// storage dicts of `file_mounts` are open in the task's schema and checked by their own.
const Schema& task_schema();
const Schema& resources_schema();
const Schema& storage_schema();

}  // namespace skyrun
