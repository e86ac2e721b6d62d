// SPDX-License-Identifier: Apache-2.0
//
// Every field of every message, beyond its bound: built from the table itself, so that none is
// forgotten.
#include "protocol/bounds.h"

#include <gtest/gtest.h>

#include "message.pb.h"
#include "protocol/codec.h"
#include "protocol/ids.h"

namespace skyrun {
namespace {

using Holds = WireField::Holds;
constexpr size_t kFrame = size_t{16} << 20U;  // bounds what is bounded by nothing else

using Path = std::vector<const WireField*>;

std::string varint(uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7U) bytes += static_cast<char>(value | 0x80U);
  return bytes + static_cast<char>(value);
}

std::string in_field(uint32_t number, const std::string& value) {
  return varint(number << 3U | 2U) + varint(value.size()) + value;
}

/// One field, within its bound or just beyond it.
std::string one(const WireField& field, size_t bytes = 0) {
  if (field.holds == Holds::real) return varint(field.number << 3U | 1U) + std::string(8, '\0');
  const bool counted = field.holds == Holds::number || field.holds == Holds::numbers;
  return counted ? varint(field.number << 3U) + varint(1)
                 : in_field(field.number, std::string(bytes, 'x'));
}

std::string within(const Path& path, std::string bytes) {
  for (size_t i = path.size(); i-- > 0;) bytes = in_field(path[i]->number, bytes);
  return bytes;
}

std::string repeated(const std::string& bytes, size_t times) {
  std::string all;
  all.reserve(bytes.size() * times);
  for (size_t i = 0; i < times; ++i) all += bytes;
  return all;
}

std::string verdict(const Path& path, const std::string& bytes, std::span<const WireField> root) {
  const auto checked = check_bounds(within(path, bytes), root);
  return checked ? "" : checked.error().text();
}

std::string name_of(const Path& path, const WireField& field) {
  std::string name;
  for (const auto* each : path) name += std::string(each->name) + ".";
  return name + std::string(field.name);
}

void expect_bounded(const Path& path, const WireField& field, std::span<const WireField> root) {
  const std::string name = name_of(path, field);
  const std::string many = repeated(one(field), field.most_times);
  EXPECT_EQ(verdict(path, many, root), "") << name;
  EXPECT_EQ(verdict(path, many + one(field), root),
            name + ": more than " + std::to_string(field.most_times) + " of them");
  if (field.most_bytes == 0 || field.most_bytes >= kFrame) return;
  EXPECT_EQ(verdict(path, one(field, field.most_bytes), root), "") << name;
  EXPECT_EQ(verdict(path, one(field, field.most_bytes + 1), root),
            name + ": more than " + std::to_string(field.most_bytes) + " bytes");
}

/// Calls `each` with every field below `fields`.
void walk(Path& path, std::span<const WireField> fields, const auto& each) {
  for (const WireField& field : fields) {
    each(path, field);
    path.push_back(&field);
    walk(path, field.inside, each);
    path.pop_back();
  }
}

TEST(BoundsTest, EveryFieldIsTakenUpToItsBoundAndNoFurther) {
  size_t fields = 0;
  for (const auto root : {fields_of_message(), fields_of_machine(), fields_of_machine_report()}) {
    Path path;
    walk(path, root, [&](const Path& above, const WireField& field) {
      expect_bounded(above, field, root);
      ++fields;
    });
  }
  EXPECT_GT(fields, 150U);
}

TEST(BoundsTest, EveryFieldIsOfItsTypeAlone) {
  const auto root = fields_of_message();
  Path path;
  walk(path, root, [&](const Path& above, const WireField& field) {
    const std::string name = name_of(above, field);
    const std::string fixed = varint(field.number << 3U | 5U) + "1234";
    EXPECT_EQ(verdict(above, fixed, root), name + ": of another type");
    const bool counted = field.holds == Holds::number;
    const std::string other =
        counted ? in_field(field.number, "x") : varint(field.number << 3U) + varint(1);
    if (field.holds == Holds::numbers) return;
    EXPECT_NE(verdict(above, other, root), "") << name;
  });
}

TEST(BoundsTest, NamesAndAddressesHaveNothingInThemThatWritesLines) {
  const auto root = fields_of_message();
  Path path;
  walk(path, root, [&](const Path& above, const WireField& field) {
    for (const char* bad : {"a\nb", "a\x1b]0;b", "a\x7f"}) {
      const std::string why = verdict(above, in_field(field.number, bad), root);
      if (field.holds == Holds::name) {
        EXPECT_EQ(why, name_of(above, field) + ": a control character");
      }
      if (field.holds == Holds::address) {
        EXPECT_EQ(why, name_of(above, field) + ": no address");
      }
    }
  });
}

TEST(BoundsTest, AnAddressIsOneWord) {
  const WireField field{.number = 1, .name = "a", .holds = Holds::address, .most_bytes = 64};
  const auto taken = [&field](const std::string& value) {
    return check_bounds(in_field(1, value), std::span(&field, 1)).has_value();
  };
  for (const char* good : {"", "10.0.0.1", "fe80::1%eth0", "h-1_a.example.org"})
    EXPECT_TRUE(taken(good)) << good;
  for (const char* bad : {"10.0.0.1 evil", "1.2.3.4\n10.0.0.9 bank", "a/b", "$(x)", "h\xc3\xa9"})
    EXPECT_FALSE(taken(bad)) << bad;
}

TEST(BoundsTest, PackedNumbersAreCountedByTheirLength) {
  const WireField field{.number = 1, .name = "n", .holds = Holds::numbers, .most_times = 10};
  const auto taken = [&field](size_t bytes) {
    return check_bounds(in_field(1, std::string(bytes, 1)), std::span(&field, 1)).has_value();
  };
  EXPECT_TRUE(taken(50));
  EXPECT_FALSE(taken(51));
}

TEST(BoundsTest, AFieldThatIsNotInTheTableIsRefused) {
  EXPECT_EQ(check_body(in_field(99, "x")).error().text(), "field 99: not known here");
  EXPECT_EQ(check_body(in_field(25, in_field(7, "x"))).error().text(),
            "NodeQuiet.field 7: not known here");
}

TEST(BoundsTest, ABodyIsOneMessage) {
  const std::string quiet = encode(NodeQuiet{NodeId{1}});
  EXPECT_TRUE(check_body(quiet));
  EXPECT_EQ(check_body(quiet + encode(GoHome{})).error().text(), "more than one message");
  EXPECT_EQ(check_body("").error().text(), "it does not parse");
  EXPECT_EQ(check_body(quiet.substr(0, quiet.size() - 1)).error().text(), "it does not parse");
}

/// Sixteen MiB of them once cost their reader two GiB.
TEST(BoundsTest, EmptyFieldsAreCountedBeforeTheyCostMemory) {
  const size_t many = size_t{8} << 20U;
  std::string body;
  for (size_t i = 0; i < many; ++i) body.append("\x0a\x00", 2);
  const auto message = decode(in_field(34, body));
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().text(), "a message out of bounds: Placed.addresses: more than " +
                                        std::to_string(kMaxNodes) + " of them");
}

TEST(BoundsTest, LongTextsAreCutWhereTheyBecomeAMessage) {
  const std::string longer(kMaxTextBytes + 1, 'x');
  const auto arrived = decode(encode(NodeLost{NodeId{1}, longer}));
  ASSERT_TRUE(arrived) << arrived.error().text();
  const std::string& why = std::get<NodeLost>(*arrived).why;
  EXPECT_EQ(why.size(), kMaxTextBytes);
  EXPECT_EQ(why.substr(why.size() - 5), "xx…");
}

TEST(BoundsTest, TextsAreCutBetweenCharacters) {
  std::string longer;
  while (longer.size() <= kMaxTextBytes) longer += "ä€";
  const auto arrived = decode(encode(Notice{NodeId{1}, longer}));
  ASSERT_TRUE(arrived);
  EXPECT_EQ(std::get<Notice>(*arrived).text.find('?'), std::string::npos);
}

TEST(BoundsTest, OfManyTextsTheFirstArriveAndHowManyThereWere) {
  const auto arrived = decode(encode(Cancel{.errors = std::vector<std::string>(1000, "e")}));
  ASSERT_TRUE(arrived);
  const auto& errors = std::get<Cancel>(*arrived).errors;
  ASSERT_EQ(errors.size(), kMaxTexts);
  EXPECT_EQ(errors[254], "e");
  EXPECT_EQ(errors[255], "and 745 more");
}

TEST(BoundsTest, TextsOfNodesArePrintableWhenTheyArrive) {
  pb::Message wire;
  wire.mutable_notice()->set_text(
      "a\x1b[2Jb\nskyrun: error: c\xc2\x9b"
      "31m");
  const auto arrived = decode(wire.SerializeAsString());
  ASSERT_TRUE(arrived);
  EXPECT_EQ(std::get<Notice>(*arrived).text, "a?[2Jb?skyrun: error: c?31m");
}

}  // namespace
}  // namespace skyrun
