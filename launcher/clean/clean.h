// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// `skyrun clean [--dry-run] [--older-than AGE]`. Arguments are those of main(); what comes back is
/// the exit code.
int clean(int argc, const char* const* argv);

}  // namespace skyrun
