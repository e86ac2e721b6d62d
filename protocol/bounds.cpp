// SPDX-License-Identifier: Apache-2.0
//
// The encoding is that of https://protobuf.dev/programming-guides/encoding/: a field is a tag, a
// varint of its number and wire type, and its value.
#include "protocol/bounds.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "protocol/ids.h"

namespace skyrun {
namespace {

using Holds = WireField::Holds;
using Fields = std::span<const WireField>;

enum WireType : uint32_t { varint = 0, fixed64 = 1, length = 2, fixed32 = 5 };

constexpr size_t kMaxVarint = 10;  // bytes
constexpr size_t kSevenBits = 7;

/// Reads numbers and runs of bytes off the front of a text; nothing where it is too short.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }

  std::optional<uint64_t> take_varint() {
    uint64_t value = 0;
    for (size_t i = 0; i < std::min(rest_.size(), kMaxVarint); ++i) {
      const auto byte = static_cast<unsigned char>(rest_[i]);
      value |= uint64_t{byte & 0x7FU} << (kSevenBits * i);
      if (byte >= 0x80) continue;
      rest_.remove_prefix(i + 1);
      return value;
    }
    return std::nullopt;
  }

  std::optional<std::string_view> take(uint64_t size) {
    if (size > rest_.size()) return std::nullopt;
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  /// The value of a field of that type; empty for a number.
  std::optional<std::string_view> take_value(uint32_t type) {
    if (type == varint) return take_varint() ? std::optional<std::string_view>("") : std::nullopt;
    if (type == fixed64) return take(8);
    if (type == fixed32) return take(4);
    const auto size = type == length ? take_varint() : std::nullopt;
    return size ? take(*size) : std::nullopt;
  }

 private:
  std::string_view rest_;
};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_of_address(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view(".:%_-").find(c) != std::string_view::npos;
}

const WireField* find(Fields fields, uint64_t number) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [number](const auto& each) { return each.number == number; });
  return found == fields.end() ? nullptr : &*found;
}

/// Repeated numbers come one by one, or packed.
bool is_of_type(const WireField& field, uint32_t type) {
  if (field.holds == Holds::number) return type == varint;
  if (field.holds == Holds::real) return type == fixed64;
  return type == length || (field.holds == Holds::numbers && type == varint);
}

Result<void> check_value(const WireField& field, std::string_view value) {
  switch (field.holds) {
    case Holds::number:
    case Holds::real:
      return {};
    case Holds::numbers:
      if (value.size() <= field.most_times * kMaxVarint / 2) return {};
      return failure(fmt::format("more than {} of them", field.most_times));
    case Holds::message:
      return check_bounds(value, field.inside);
    default:
      break;
  }
  if (value.size() > field.most_bytes)
    return failure(fmt::format("more than {} bytes", field.most_bytes));
  if (field.holds == Holds::name && std::any_of(value.begin(), value.end(), is_control))
    return failure("a control character");
  if (field.holds == Holds::address && !std::all_of(value.begin(), value.end(), is_of_address))
    return failure("no address");
  return {};
}

}  // namespace

Result<void> check_bounds(std::string_view bytes, Fields fields) {
  std::vector<size_t> times(fields.size());
  for (WireReader reader(bytes); !reader.done();) {
    const auto tag = reader.take_varint();
    const auto type = static_cast<uint32_t>(tag.value_or(0) & 7U);
    const auto value = tag ? reader.take_value(type) : std::nullopt;
    if (!value) return failure("it does not parse");
    const WireField* field = find(fields, *tag >> 3U);
    if (field == nullptr) return failure(fmt::format("field {}: not known here", *tag >> 3U));
    if (++times[static_cast<size_t>(field - fields.data())] > field->most_times)
      return failure(fmt::format("{}: more than {} of them", field->name, field->most_times));
    if (!is_of_type(*field, type)) return failure(fmt::format("{}: of another type", field->name));
    auto checked = check_value(*field, *value);
    if (checked) continue;
    const char* joint = field->holds == Holds::message ? "." : ": ";
    return failure(fmt::format("{}{}{}", field->name, joint, checked.error().text()));
  }
  return {};
}

Result<void> check_body(std::string_view body) {
  WireReader reader(body);
  const auto tag = reader.take_varint();
  const bool whole = tag && reader.take_value(static_cast<uint32_t>(*tag & 7U));
  if (!whole) return failure("it does not parse");
  if (!reader.done()) return failure("more than one message");
  return check_bounds(body, fields_of_message());
}

}  // namespace skyrun
