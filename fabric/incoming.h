// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "fabric/frame.h"
#include "protocol/authority.h"

namespace skyrun {

/// The message of a frame for us, when its speaker may say it; else what the speaker did, in words.
Result<Message> read_word(const Frame& frame, const StarterOf& starter_of);

}  // namespace skyrun
