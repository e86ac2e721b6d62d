// SPDX-License-Identifier: Apache-2.0
#include "launcher/hide_secrets.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace skyrun {
namespace {

using Words = std::vector<std::string>;

Words hidden(Words words) {
  words.insert(words.begin(), "skyrun");
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  hide_secrets(static_cast<int>(argv.size()), argv.data());
  words.erase(words.begin());
  return words;
}

TEST(HideSecretsTest, ValuesOfSecretsAreOverwritten) {
  EXPECT_EQ(hidden({"--secret", "K=V=W", "--secret=A=bc"}),
            (Words{"--secret", "K=***", "--secret=A=**"}));
  EXPECT_EQ(hidden({"--secret", "K", "--secret=K", "--secret", "K="}),
            (Words{"--secret", "K", "--secret=K", "--secret", "K="}));
}

TEST(HideSecretsTest, LoginsInAddressesAreOverwritten) {
  EXPECT_EQ(hidden({"--git-url", "https://u:p@h/a@b", "--git-url=http://t@h"}),
            (Words{"--git-url", "https://***@h/a@b", "--git-url=http://*@h"}));
  EXPECT_EQ(hidden({"--git-url", "https://h/a@b", "--git-url", "git@h:a"}),
            (Words{"--git-url", "https://h/a@b", "--git-url", "git@h:a"}));
}

TEST(HideSecretsTest, NothingElseIsTouched) {
  const Words words{"--env", "K=V", "--secret-file", "a=b", "task=1.yaml", "--", "--secret", "K=V"};
  EXPECT_EQ(hidden(words), words);
  EXPECT_EQ(hidden({"--secret"}), (Words{"--secret"}));
}

}  // namespace
}  // namespace skyrun
