// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace skyrun {

/// The texts that fields may hold, as SkyPilot's regular expressions have them. Each says whether
/// the whole text fits.

/// `[a-zA-Z_][a-zA-Z0-9_]*`: an environment variable.
bool is_env_name(std::string_view text);
/// `[a-zA-Z0-9]+(?:[._-]{1,2}[a-zA-Z0-9]+)*`: a task.
bool is_task_name(std::string_view text);
/// `[0-9]+` and one of kb ki mb mi gb gi tb ti pb pi, in lower, upper or first-letter case, or
/// none.
bool is_memory_size(std::string_view text);
inline constexpr const char* kMemorySizePattern =
    "^[0-9]+(kb|ki|mb|mi|gb|gi|tb|ti|pb|pi|KB|KI|MB|MI|GB|GI|TB|TI|PB|PI|"
    "Kb|Ki|Mb|Mi|Gb|Gi|Tb|Ti|Pb|Pi)?$";
/// `[0-9]+` and m, h, d or w in either case, or none.
bool is_minutes(std::string_view text);
/// `cloud[/region[/zone]]`, `*` for any, or k8s and kubernetes with any context.
bool is_infra(std::string_view text);
/// `[0-9]+[bkmgtpBKMGTP]?`: a size of rclone's cache.
bool is_cache_size(std::string_view text);
/// One or more signed numbers each with ms, s, m, h, d, w, M or y, or one without: a time of
/// rclone.
bool is_cache_time(std::string_view text);
/// `[0-9]+[GgMmTt][Bb]\+?`: an accelerator asked for by its memory.
bool is_accelerator_memory(std::string_view text);

}  // namespace skyrun
