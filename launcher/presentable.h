// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace skyrun {

/// What we say, fit for a terminal and for whoever looks over a shoulder: names of files and texts
/// of others in it drive nothing (printable()), and no address shows how to log in. Ends of lines
/// and tabs stay.
std::string presentable(std::string_view text);

}  // namespace skyrun
