// SPDX-License-Identifier: Apache-2.0
#include "protocol/codec.h"

#include "protocol/wire_messages.h"

namespace skyrun {
namespace {

using wire::Checks;

Result<Message> get_for_observers(const pb::Message& w, Checks& checks) {
  switch (w.body_case()) {
    case pb::Message::kPlaced:
      return wire::get(w.placed(), checks);
    case pb::Message::kProgress:
      return wire::get(w.progress(), checks);
    case pb::Message::kOutput:
      return wire::get(w.output(), checks);
    case pb::Message::kOutputEnd:
      return wire::get(w.output_end(), checks);
    case pb::Message::kNotice:
      return wire::get(w.notice(), checks);
    case pb::Message::kJobEnded:
      return wire::get(w.job_ended(), checks);
    default:
      return failure("a message of a kind this version does not know");
  }
}

Result<Message> get_of_job(const pb::Message& w, Checks& checks) {
  switch (w.body_case()) {
    case pb::Message::kSubmit:
      return wire::get(w.submit(), checks);
    case pb::Message::kIntroduce:
      return wire::get(w.introduce(), checks);
    case pb::Message::kCancel:
      return wire::get(w.cancel(), checks);
    case pb::Message::kSignalRanks:
      return wire::get(w.signal_ranks(), checks);
    case pb::Message::kSyncBegin:
      return wire::get(w.sync_begin(), checks);
    case pb::Message::kSyncBlock:
      return wire::get(w.sync_block(), checks);
    case pb::Message::kSyncSent:
      return wire::get(w.sync_sent(), checks);
    case pb::Message::kPrepare:
      return wire::get(w.prepare(), checks);
    case pb::Message::kStartStage:
      return wire::get(w.start_stage(), checks);
    case pb::Message::kStopRanks:
      return wire::get(w.stop_ranks(), checks);
    case pb::Message::kJobOver:
      return wire::get(w.job_over(), checks);
    case pb::Message::kPrepared:
      return wire::get(w.prepared(), checks);
    case pb::Message::kStageEnded:
      return wire::get(w.stage_ended(), checks);
    case pb::Message::kSyncTaken:
      return wire::get(w.sync_taken(), checks);
    case pb::Message::kNodeQuiet:
      return wire::get(w.node_quiet(), checks);
    case pb::Message::kShepherdLost:
      return wire::get(w.shepherd_lost(), checks);
    default:
      return get_for_observers(w, checks);
  }
}

Result<Message> get(const pb::Message& w, Checks& checks) {
  switch (w.body_case()) {
    case pb::Message::kBootstrap:
      return wire::get(w.bootstrap(), checks);
    case pb::Message::kEnlist:
      return wire::get(w.enlist(), checks);
    case pb::Message::kHello:
      return wire::get(w.hello(), checks);
    case pb::Message::kStartFailed:
      return wire::get(w.start_failed(), checks);
    case pb::Message::kNodeLost:
      return wire::get(w.node_lost(), checks);
    case pb::Message::kAdopt:
      return wire::get(w.adopt(), checks);
    case pb::Message::kConvene:
      return wire::get(w.convene(), checks);
    case pb::Message::kGoHome:
      return wire::get(w.go_home(), checks);
    default:
      return get_of_job(w, checks);
  }
}

}  // namespace

std::string encode(const Message& message) {
  pb::Message out;
  std::visit([&out](const auto& m) { wire::put(m, out); }, message);
  return out.SerializeAsString();
}

Result<Message> decode(std::string_view body) {
  if (auto bounded = check_body(body); !bounded)
    return tl::unexpected(std::move(bounded.error()).within("a message out of bounds"));
  pb::Message in;
  if (!in.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return failure("a message that does not parse");
  }
  Checks checks;
  auto message = get(in, checks);
  if (checks.problem() != nullptr)
    return failure(std::string("a message out of bounds: ") + checks.problem());
  return message;
}

}  // namespace skyrun
