// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace skyrun {

/// Without the lines in which an interactive bash complains that it has no terminal. Task scripts
/// run under `bash -i` so that ~/.bashrc is read whole; SkyPilot drops the same two complaints
/// (sky/skylet/log_lib.py). `pieces` are whole lines, as LineAssembler gives them.
std::string without_shell_noise(std::string pieces);

/// The same for raw bytes, cut anywhere, of which only the beginning is read: there bash complains
/// before it does anything else. What comes behind stays as it is.
class NoiseAtStart {
 public:
  std::string take_off(std::string_view bytes);

  /// At the end: what might still have become a complaint.
  std::string finish() { return std::exchange(held_, {}); }

 private:
  std::string held_;
  bool over_ = false;
};

}  // namespace skyrun
