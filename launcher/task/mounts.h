// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "launcher/task/site.h"
#include "launcher/task/surroundings.h"
#include "launcher/task/task.h"

namespace skyrun {

/// Whether a path is a URL with a host, as `s3://bucket` is: SkyPilot takes it for a cloud store.
bool is_cloud_url(std::string_view path);

/// The entries of a `file_mounts` dict whose variables are filled in. `has_workdir`: ~/sky_workdir
/// is taken. Fails with SkyPilot's words on what a mount cannot be; looks at no file.
Result<std::vector<FileMount>> build_mounts(const Value& mounts, bool has_workdir, const Site& site,
                                            const Surroundings& surroundings);

}  // namespace skyrun
