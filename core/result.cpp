// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

#include <cerrno>
#include <cstring>

namespace skyrun {

Error errno_error(std::string_view context) {
  return errno_error(context, errno);
}

Error errno_error(std::string_view context, int errnum) {
  return Error(strerrordesc_np(errnum)).within(context);
}

}  // namespace skyrun
