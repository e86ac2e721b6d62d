// SPDX-License-Identifier: Apache-2.0
#include "launcher/git/git_url.h"

#include <gtest/gtest.h>

namespace skyrun {
namespace {

using Parts = std::vector<std::string>;

Parts parts(const std::string& url) {
  const GitUrl split = split_git_url(url);
  return {split.clean, split.user, split.password};
}

TEST(GitUrlTest, WhatLogsInIsTakenOutOfHttp) {
  EXPECT_EQ(parts("https://tok@host/a.git"), (Parts{"https://host/a.git", "tok", ""}));
  EXPECT_EQ(parts("http://u:p@host:80/a"), (Parts{"http://host:80/a", "u", "p"}));
  EXPECT_EQ(parts("https://u:p@q@host"), (Parts{"https://host", "u", "p@q"}));
  EXPECT_EQ(parts("https://u%40x:a%2Fb%zz%@host/"), (Parts{"https://host/", "u@x", "a/b%zz%"}));
}

TEST(GitUrlTest, OtherFormsAreLeftAlone) {
  for (const char* url : {"https://host/a@b.git", "ssh://git@host/a", "git@host:a.git", "/srv/a",
                          "file:///srv/a", "", "https://"}) {
    EXPECT_EQ(parts(url), (Parts{url, "", ""}));
  }
}

}  // namespace
}  // namespace skyrun
