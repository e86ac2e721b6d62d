// SPDX-License-Identifier: Apache-2.0
//
// What runs leave in a home on purpose, and for how long: logs (with the workdir of a job that
// could not have ~/sky_workdir), and the homes of embedded nodes. Who runs holds a lock on what it
// uses, on the file ".skyrun" in its directory of logs (RunLock) and on the file "lock" in a set of
// homes. Such are never touched, however old; nor is what has no such file: it is another
// program's.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/fd.h"
#include "core/result.h"

namespace skyrun {

/// After so long it is removed unasked, at the start of a later run there.
constexpr std::chrono::hours kMostOfAge{90 * 24};

/// While it is there, the directory is a running job's. Several may hold one on the same.
class RunLock {
 public:
  explicit RunLock(const std::string& directory);

 private:
  Fd fd_;
};

/// The directories below `home` that nobody uses and that have not changed for so long.
std::vector<std::string> old_runs(const std::string& home, std::chrono::seconds age);

/// Removes one of them, and the links that lead to it. False: it is in use again, or stays.
bool remove_old_run(const std::string& home, const std::string& directory);

/// Both, without a word.
void remove_old_runs(const std::string& home, std::chrono::seconds age);

}  // namespace skyrun
