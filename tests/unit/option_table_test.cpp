// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/option_table.h"

#include <gtest/gtest.h>

#include <set>

#include "core/text.h"
#include "launcher/command_line/help.h"

namespace skyrun {
namespace {

TEST(OptionTableTest, NoTwoOptionsHaveANameOrALetterInCommon) {
  std::set<std::string_view> names;
  std::set<char> letters;
  for (const Option& option : option_table()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_TRUE(option.letter == 0 || letters.insert(option.letter).second) << option.letter;
    EXPECT_EQ(option.name.substr(0, 2), "--");
  }
}

TEST(OptionTableTest, OnlyOptionsThatTakeAWordHaveWords) {
  for (const auto* table : {&option_table(), &topo_option_table()}) {
    for (const Option& option : *table) {
      const bool takes_word = option.completes == Option::Completes::word;
      EXPECT_EQ(takes_word, !option.words.empty()) << option.name;
      EXPECT_TRUE(option.takes_value() || option.completes == Option::Completes::nothing)
          << option.name;
    }
  }
}

TEST(OptionTableTest, IsSearchedByNameAndByLetter) {
  EXPECT_EQ(find_option('n'), find_option("--name"));
  EXPECT_EQ(find_option("--name")->shown(), "-n, --name NAME");
  EXPECT_EQ(find_option("--nam"), nullptr);
  EXPECT_EQ(find_option('\0'), nullptr);
}

TEST(HelpTest, IsNoWiderThan80Columns) {
  for (const std::string& text : {help_text(), topo_help_text()}) {
    for (const auto line : split(text, '\n')) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(HelpTest, ShowsEveryOptionButThoseOfClouds) {
  const std::string text = help_text();
  for (const Option& option : option_table()) {
    const bool shown = text.find("\n  " + option.shown() + "\n") != std::string::npos ||
                       text.find("\n  " + option.shown() + "  ") != std::string::npos;
    EXPECT_EQ(shown, !option.is_hidden()) << option.name;
  }
}

TEST(HelpTest, SaysWhatElseThereIs) {
  const std::string text = help_text();
  for (const char* part :
       {"\nThe task:\n", "\nThe nodes:\n", "\n  topo  ", "\nExamples:\n", "man skyrun"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace skyrun
