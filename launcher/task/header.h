// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/result.h"
#include "launcher/task/site.h"
#include "launcher/task/task.h"
#include "launcher/task/value.h"

namespace skyrun {

/// Takes the header off a task file's documents, where the first one is a header: a dict of nothing
/// but `name` (and `execution: serial`) for a pipeline, or with `execution: parallel` for a job
/// group. The result has every part but the tasks. A file with only a header keeps one document, an
/// empty task of that name.
///
/// Fails, with SkyPilot's words, on a job group whose tasks have no names of their own, or whose
/// header names a task that is not there.
Result<TaskFile> take_header(std::vector<Value>& documents, const Site& site);

}  // namespace skyrun
