// SPDX-License-Identifier: Apache-2.0
//
// Every kind of message, to and from its generated type: one pair a kind, in wire_cluster.cpp,
// wire_job.cpp and wire_observer.cpp. Only the codec includes this.
#pragma once

#include "message.pb.h"
#include "protocol/message.h"
#include "protocol/wire_values.h"

namespace skyrun::wire {

// cluster.h
void put(const Bootstrap& m, pb::Message& out);
Bootstrap get(const pb::Bootstrap& w, Checks& checks);
void put(const Enlist& m, pb::Message& out);
Enlist get(const pb::Enlist& w, Checks& checks);
void put(const Hello& m, pb::Message& out);
Hello get(const pb::Hello& w, Checks& checks);
void put(const StartFailed& m, pb::Message& out);
StartFailed get(const pb::StartFailed& w, Checks& checks);
void put(const NodeLost& m, pb::Message& out);
NodeLost get(const pb::NodeLost& w, Checks& checks);
void put(const Adopt& m, pb::Message& out);
Adopt get(const pb::Adopt& w, Checks& checks);
void put(const Convene& m, pb::Message& out);
Convene get(const pb::Convene& w, Checks& checks);
void put(const GoHome& m, pb::Message& out);
GoHome get(const pb::GoHome& w, Checks& checks);

// job.h
void put(const Submit& m, pb::Message& out);
Submit get(const pb::Submit& w, Checks& checks);
void put(const Introduce& m, pb::Message& out);
Introduce get(const pb::Introduce& w, Checks& checks);
void put(const Cancel& m, pb::Message& out);
Cancel get(const pb::Cancel& w, Checks& checks);
void put(const SignalRanks& m, pb::Message& out);
SignalRanks get(const pb::SignalRanks& w, Checks& checks);
void put(const SyncBegin& m, pb::Message& out);
SyncBegin get(const pb::SyncBegin& w, Checks& checks);
void put(const SyncBlock& m, pb::Message& out);
SyncBlock get(const pb::SyncBlock& w, Checks& checks);
void put(const SyncSent& m, pb::Message& out);
SyncSent get(const pb::SyncSent& w, Checks& checks);
void put(const Prepare& m, pb::Message& out);
Prepare get(const pb::Prepare& w, Checks& checks);
void put(const StartStage& m, pb::Message& out);
StartStage get(const pb::StartStage& w, Checks& checks);
void put(const StopRanks& m, pb::Message& out);
StopRanks get(const pb::StopRanks& w, Checks& checks);
void put(const JobOver& m, pb::Message& out);
JobOver get(const pb::JobOver& w, Checks& checks);
void put(const Prepared& m, pb::Message& out);
Prepared get(const pb::Prepared& w, Checks& checks);
void put(const StageEnded& m, pb::Message& out);
StageEnded get(const pb::StageEnded& w, Checks& checks);
void put(const SyncTaken& m, pb::Message& out);
SyncTaken get(const pb::SyncTaken& w, Checks& checks);
void put(const NodeQuiet& m, pb::Message& out);
NodeQuiet get(const pb::NodeQuiet& w, Checks& checks);

void put(const ShepherdLost& m, pb::Message& out);
ShepherdLost get(const pb::ShepherdLost& w, Checks& checks);

// observer.h
void put(const Placed& m, pb::Message& out);
Placed get(const pb::Placed& w, Checks& checks);
void put(const Progress& m, pb::Message& out);
Progress get(const pb::Progress& w, Checks& checks);
void put(const Output& m, pb::Message& out);
Output get(const pb::Output& w, Checks& checks);
void put(const OutputEnd& m, pb::Message& out);
OutputEnd get(const pb::OutputEnd& w, Checks& checks);
void put(const Notice& m, pb::Message& out);
Notice get(const pb::Notice& w, Checks& checks);
void put(const JobEnded& m, pb::Message& out);
JobEnded get(const pb::JobEnded& w, Checks& checks);

}  // namespace skyrun::wire
