// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace skyrun {

/// A float as Python prints it: the shortest digits that read back the same, "1e-06", "1.0", "inf".
std::string python_float(double number);

/// A count for people: 8 without a point when whole, else as Python prints a float.
std::string number_text(double number);

}  // namespace skyrun
