// SPDX-License-Identifier: Apache-2.0
#include "protocol/observer.h"

namespace skyrun {

const char* to_text(JobState state) {
  switch (state) {
    case JobState::succeeded:
      return "SUCCEEDED";
    case JobState::failed:
      return "FAILED";
    case JobState::failed_setup:
      return "FAILED_SETUP";
    case JobState::failed_driver:
      return "FAILED_DRIVER";
    case JobState::cancelled:
      return "CANCELLED";
  }
  return "?";
}

}  // namespace skyrun
