// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/temporary_directory.h"

namespace skyrun {

/// A tree of /sys, /proc and /dev.
class FakeRoot {
 public:
  const std::string& path() const { return directory_.path(); }

  void write(const std::string& file, std::string_view text) const { directory_.write(file, text); }

  void link(const std::string& file, const std::string& target) const {
    std::filesystem::create_directories(std::filesystem::path(path() + file).parent_path());
    std::filesystem::create_symlink(target, path() + file);
  }

  void make_directory(const std::string& folder) const {
    std::filesystem::create_directories(path() + folder);
  }

 private:
  TemporaryDirectory directory_;
};

}  // namespace skyrun
