// SPDX-License-Identifier: Apache-2.0
//
// Everything that travels between the client, the daemons and the shepherds, as our own values, in
// files by what it is about. The .proto files of the same names are the same on the wire, codec.h
// turns one into the other, and rules.h says of each kind who reads it and who may say it.
#pragma once

#include <variant>

#include "protocol/cluster.h"
#include "protocol/job.h"
#include "protocol/observer.h"

namespace skyrun {

using Message =
    std::variant<Bootstrap, Enlist, Hello, StartFailed, NodeLost, Adopt, Convene, GoHome, Submit,
                 Introduce, Cancel, SignalRanks, SyncBegin, SyncBlock, SyncSent, Prepare,
                 StartStage, StopRanks, JobOver, Prepared, StageEnded, SyncTaken, NodeQuiet,
                 ShepherdLost, Placed, Progress, Output, OutputEnd, Notice, JobEnded>;

}  // namespace skyrun
