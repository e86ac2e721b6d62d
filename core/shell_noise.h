// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace skyrun {

/// Without the lines in which an interactive bash complains that it has no terminal. Task scripts
/// run under `bash -i` so that ~/.bashrc is read whole; SkyPilot drops the same two complaints
/// (sky/skylet/log_lib.py). `pieces` are whole lines, as LineAssembler gives them.
std::string without_shell_noise(std::string pieces);

}  // namespace skyrun
