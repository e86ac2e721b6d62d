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
  EXPECT_EQ(parts("https://u:p q'\"@host/"), (Parts{"https://host/", "u", "p q'\""}));
  EXPECT_EQ(parts("HTTPS://u:p@Host/A"), (Parts{"https://Host/A", "u", "p"}));
  EXPECT_EQ(parts("ftp://u:p@host/a"), (Parts{"ftp://host/a", "u", "p"}));
  EXPECT_EQ(parts("ftps://u@host/a"), (Parts{"ftps://host/a", "u", ""}));
  EXPECT_EQ(parts("https://:p@host/a"), (Parts{"https://host/a", "", "p"}));
  EXPECT_EQ(parts("http::https://u:p@host/a"), (Parts{"http::https://host/a", "u", "p"}));
  EXPECT_EQ(parts("https://u:p@q@host"), (Parts{"https://host", "u", "p@q"}));
  EXPECT_EQ(parts("https://u%40x:a%2Fb%zz%@host/"), (Parts{"https://host/", "u@x", "a/b%zz%"}));
}

TEST(GitUrlTest, OtherFormsAreLeftAlone) {
  for (const char* url : {"https://host/a@b.git", "ssh://git@host/a", "git@host:a.git", "/srv/a",
                          "file:///srv/a", "", "https://"}) {
    EXPECT_EQ(parts(url), (Parts{url, "", ""}));
  }
}

TEST(GitUrlTest, OfWhatIsNoHttpNothingButAUserOfSshStays) {
  EXPECT_EQ(parts("ssh://git:p@host/a"), (Parts{"ssh://git@host/a", "", ""}));
  EXPECT_EQ(parts("unheard+of://u:p@host/a"), (Parts{"unheard+of://host/a", "", ""}));
}

TEST(GitUrlTest, TheOriginIsWhomTheTokenIsFor) {
  EXPECT_EQ(split_git_url("HTTPS://u:p@host:8443/a").origin, "https://host:8443");
  EXPECT_EQ(split_git_url("http://[::1]:80/a").origin, "http://[::1]:80");
  EXPECT_EQ(split_git_url("ssh://git@host/a").origin, "");
  EXPECT_EQ(split_git_url("git@host:a").origin, "");
}

}  // namespace
}  // namespace skyrun
