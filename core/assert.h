// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace skyrun {

/// Says where an invariant broke and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace skyrun

/// A broken invariant is a bug of ours, never of the person: it ends the program.
#define SKYRUN_ASSERT(condition)                                                  \
  do {                                                                            \
    if (!(condition)) ::skyrun::assertion_failed(#condition, __FILE__, __LINE__); \
  } while (false)
