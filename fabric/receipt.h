// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace skyrun {

/// What whoever takes a frame holds as long as it is in its memory: its end gives the bytes back,
/// so that the sender may send as much again. A router hands it on with the frame, a flood shares
/// it, a screen that is full keeps it. Nobody ever has to stop reading.
using Receipt = std::shared_ptr<void>;

}  // namespace skyrun
