// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "core/result.h"
#include "protocol/authority.h"
#include "protocol/rules.h"

namespace skyrun {

/// The message of a frame for us, when its speaker may say it; else what the speaker did, in words.
Result<Message> read_word(const Frame& frame, const StarterOf& starter_of);

/// The same of a reader that reads only some kinds (rules.h).
template <class Word>
Result<Word> read_word(const Frame& frame, const StarterOf& starter_of) {
  auto message = read_word(frame, starter_of);
  if (!message) return tl::unexpected(std::move(message.error()));
  const char* name = rule_of(*message).name;
  auto word = narrow<Word>(std::move(*message));
  if (!word) return failure(std::string("it sent ") + name + " to the wrong reader");
  return std::move(*word);
}

}  // namespace skyrun
