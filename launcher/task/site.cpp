// SPDX-License-Identifier: Apache-2.0
#include "launcher/task/site.h"

namespace skyrun {

tl::unexpected<Error> Site::error(Mark mark, std::string_view field, std::string_view text) const {
  std::string out = file;
  if (mark.line > 0 && !file.empty()) out += ":" + std::to_string(mark.line);
  if (!out.empty()) out += ": ";
  if (!field.empty()) out.append(field).append(": ");
  return failure(out.append(text));
}

tl::unexpected<Error> Site::error_in(const Value& parent, std::string_view field,
                                     std::string_view path, std::string_view text) const {
  const Value* value = parent.find(field);
  return error(value != nullptr ? value->mark : parent.mark, path, text);
}

}  // namespace skyrun
