// SPDX-License-Identifier: Apache-2.0
#include "fabric/incoming.h"

#include "protocol/codec.h"

namespace skyrun {

Result<Message> read_word(const Frame& frame, const StarterOf& starter_of) {
  auto message = decode(frame.body);
  if (!message) return failure("it sent " + message.error().text());
  auto allowed = check_word(*message, frame, starter_of);
  if (!allowed) return tl::unexpected(std::move(allowed.error()));
  return message;
}

}  // namespace skyrun
