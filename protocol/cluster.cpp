// SPDX-License-Identifier: Apache-2.0
#include "protocol/cluster.h"

namespace skyrun {

const char* to_text(StartPhase phase) {
  switch (phase) {
    case StartPhase::connecting:
      return "connecting";
    case StartPhase::starting:
      return "starting skyrund";
    case StartPhase::greeting:
      return "waiting for skyrund's hello";
  }
  return "?";
}

std::string to_text(const StartFailed& failed, const std::string& from) {
  std::string text = to_text(failed.phase);
  if (failed.phase == StartPhase::connecting && !from.empty()) text += " from " + from;
  text += ": " + failed.why;
  if (!failed.advice.empty()) text += "; " + failed.advice;
  return text;
}

}  // namespace skyrun
