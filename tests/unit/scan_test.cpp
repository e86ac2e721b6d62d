// SPDX-License-Identifier: Apache-2.0
#include "launcher/command_line/scan.h"

#include <gtest/gtest.h>

#include "core/text.h"
#include "launcher/command_line/option_table.h"
#include "launcher/command_line/other_launchers.h"

namespace skyrun {
namespace {

/// A directory with t.yaml, u.yaml and the directory "dir".
WordKind kind_in_a_world(const std::string& word) {
  if (word == "dir") return WordKind::directory;
  if (word == "-" || word.find(".yaml") != std::string::npos) return WordKind::task_file;
  return word.find_first_of(" ;$") != std::string::npos ? WordKind::bash_command
                                                        : WordKind::program;
}

Result<Scan> scan(const std::string& line) {
  std::vector<std::string> arguments;
  for (const auto word : split(line, ' ')) {
    std::string text(word);
    for (char& c : text) c = c == '_' ? ' ' : c;  // a blank inside a word
    arguments.push_back(text);
  }
  const auto likely = [](const std::string& word) { return word == "t" ? "t.yaml" : ""; };
  return scan_command_line(arguments, {.kind = kind_in_a_world, .likely = likely});
}

/// "--name=x --yes | command: ls -la"
std::string scanned(const std::string& line) {
  const auto result = scan(line);
  if (!result) return "refused: " + result.error().text();
  std::string out;
  for (const auto& [option, value] : result->options)
    out += std::string(option->name) + (option->takes_value() ? "=" + value : "") + " ";
  constexpr const char* kKinds[] = {"none", "file", "command"};
  out += std::string("| ") + kKinds[static_cast<int>(result->entrypoint.kind)];
  if (!result->entrypoint.text.empty()) out += ": " + result->entrypoint.text;
  for (const auto& notice : result->notices) out += " !" + notice;
  return out;
}

TEST(ScanTest, OptionsEndAtTheFirstWordThatIsAProgram) {
  EXPECT_EQ(scanned("--local 1 ls -la"), "--local=1 | command: ls -la");
  EXPECT_EQ(scanned("ls -- -la"), "| command: ls -- -la");
  EXPECT_EQ(scanned("./prog -n 4 --help"),
            "| command: ./prog -n 4 --help !--help goes to ./prog: options of skyrun stand before "
            "the program");
}

TEST(ScanTest, AfterATaskFileOptionsGoOn) {
  EXPECT_EQ(scanned("--local 1 t.yaml --env A=b"), "--local=1 --env=A=b | file: t.yaml");
  EXPECT_EQ(scanned("- --local 1"), "--local=1 | file: -");
  EXPECT_EQ(scanned("-- t.yaml"), "| file: t.yaml");
}

TEST(ScanTest, OneWordIsForBashAndSeveralAreKept) {
  EXPECT_EQ(scanned("-- a_;_b"), "| command: a ; b");
  EXPECT_EQ(scanned("a_;_b --local 1"), "--local=1 | command: a ; b");
  EXPECT_EQ(scanned("-- python3 -c print(1)"), "| command: python3 -c 'print(1)'");
  EXPECT_EQ(scanned("-- echo a__b"), "| command: echo 'a  b'");
  EXPECT_EQ(scanned("-- A=b env"), "| command: A=b env");
  EXPECT_EQ(scanned("-- logs"), "| command: logs");
  EXPECT_EQ(scanned("-- dir"), "| command: dir");
}

TEST(ScanTest, WhatBashWouldHaveReadIsSaid) {
  const std::string kept = "is kept as it is; for bash to read it, give the command as one word";
  EXPECT_EQ(scanned("-- echo $A"), "| command: echo '$A' !$A " + kept);
  EXPECT_EQ(scanned("-- echo ${A}"), "| command: echo '${A}' !${A} " + kept);
  EXPECT_EQ(scanned("-- a && b"), "| command: a '&&' b !&& " + kept);
  EXPECT_EQ(scanned("-- awk $1"), "| command: awk '$1'");
  EXPECT_EQ(scanned("-- bash -c echo_$A"), "| command: bash -c 'echo $A'");
}

TEST(ScanTest, ValuesStandInTheSameWordOrInTheNext) {
  EXPECT_EQ(scanned("--env=x --env y --name z t.yaml"), "--env=x --env=y --name=z | file: t.yaml");
  EXPECT_EQ(scanned("-nw t.yaml"), "--name=w | file: t.yaml");
  EXPECT_EQ(scanned("-n=v t.yaml"), "--name=v | file: t.yaml");
  EXPECT_EQ(scanned("-yr t.yaml"), "--yes --retry-until-up | file: t.yaml");
  EXPECT_EQ(scanned("-yi 10 t.yaml"), "--yes --idle-minutes-to-autostop=10 | file: t.yaml");
  EXPECT_EQ(scanned("--grace -1 --ssh-option -4 t.yaml"),
            "--grace=-1 --ssh-option=-4 | file: t.yaml");
  EXPECT_EQ(scanned("--env --name x"), "refused: --env: needs a value: K=V | K");
  EXPECT_EQ(scanned("--name"), "refused: --name: needs a value: NAME");
  EXPECT_EQ(scanned("--name -- x"), "refused: --name: needs a value: NAME");
  EXPECT_EQ(scanned("--name= x"), "refused: --name: its value is empty: NAME");
  EXPECT_EQ(scanned("--launch-agent _ x"), "refused: --launch-agent: its value is empty: COMMAND");
  EXPECT_EQ(scanned("--env A= x"), "--env=A= | command: x");
  EXPECT_EQ(scanned("--dryrun=yes"), "refused: --dryrun: takes no value");
}

TEST(ScanTest, WhatSaysOneThingIsGivenOnce) {
  EXPECT_EQ(scanned("--name a -n b x"), "refused: -n: given twice");
  EXPECT_EQ(scanned("--env A=b --env C=d -c e -c f x"),
            "--env=A=b --env=C=d --cluster=e --cluster=f | command: x");
}

TEST(ScanTest, ANumberOfRanksIsOfAProgram) {
  for (const char* name : {"-n", "-np", "--np", "--n", "-c", "--ranks"})
    EXPECT_EQ(scanned(std::string(name) + " 4 ./p -x"), "--ranks=4 | command: ./p -x");
  for (const char* written : {"-n4 ./p -x", "-np=4 -- ./p -x", "--np=4 ./p -x"})
    EXPECT_EQ(scanned(written), "--ranks=4 | command: ./p -x");
  EXPECT_EQ(scanned("-n 4 --wdir /d -x A=b ./p -- -x"),
            "--ranks=4 --wdir=/d --env=A=b | command: ./p -- -x");
  EXPECT_EQ(scanned("-n 4 -n 5 p"), "refused: -n: given twice");
}

TEST(ScanTest, WordsOfAProgramAreKept) {
  EXPECT_EQ(scan("-n 2 ./p a__b --")->entrypoint.words,
            (std::vector<std::string>{"./p", "a  b", "--"}));
  EXPECT_EQ(scan("-n 2 -- ./p")->entrypoint.words, std::vector<std::string>{"./p"});
  EXPECT_TRUE(scan("-n 2 a_;_b")->entrypoint.words.empty());
}

TEST(ScanTest, ANumberOfRanksIsRefusedOfATask) {
  EXPECT_EQ(scanned("-n 4 t.yaml"),
            "refused: -n 4: a task has one rank on each node: --num-nodes 4; for a name --name 4");
  EXPECT_EQ(scanned("t.yaml --ranks 4").substr(0, 20), "refused: --ranks 4: ");
  EXPECT_EQ(scanned("-n four t.yaml"), "--name=four | file: t.yaml");
  EXPECT_EQ(scanned("--name 4 t.yaml"), "--name=4 | file: t.yaml");
  for (const char* name : {"-N", "-ppn", "--npernode"})
    EXPECT_EQ(scanned(std::string(name) + " 4 p"),
              "refused: " + std::string(name) + " 4: here it is -n N --map-by ppr:4:node");
  EXPECT_EQ(scanned("--wdir /d t.yaml"),
            "refused: --wdir: where ranks of a program start: -n N; a task starts in "
            "~/sky_workdir");
}

TEST(ScanTest, OptionsThatAreNoneSuggestTheNearestOrTheirCounterpart) {
  EXPECT_EQ(scanned("--num-node 2"),
            "refused: --num-node: no such option; did you mean --num-nodes?");
  EXPECT_EQ(scanned("--dry-run"), "refused: --dry-run: no such option; did you mean --dryrun?");
  EXPECT_EQ(scanned("--zzz"), "refused: --zzz: no such option (see skyrun --help)");
  EXPECT_EQ(scanned("--hosts=a"), "refused: --hosts: here it is --host LIST");
  EXPECT_EQ(scanned("-H a"), "refused: -H: here it is --host LIST");
  EXPECT_EQ(scanned("-name x"), "refused: -name: did you mean --name?");
  EXPECT_EQ(scanned("-yQ"), "refused: -Q: no such option (see skyrun --help)");
}

TEST(ScanTest, WordsThatAreSurelyNoProgramAreRefused) {
  EXPECT_EQ(scanned("dir"),
            "refused: dir is a directory: name a task file in it; a program of that name goes "
            "after --");
  EXPECT_EQ(scanned("logs"),
            "refused: logs: no command of skyrun: logs are in ~/sky_logs, here and on every node; "
            "a program of that name goes after --");
  EXPECT_EQ(scanned("--local 1 topo"),
            "refused: topo stands first: skyrun topo ...; a program of that name goes after --");
  EXPECT_EQ(scanned("t"), "refused: t: did you mean t.yaml? a program of that name goes after --");
  EXPECT_EQ(scanned("t x"), "| command: t x");
}

TEST(ScanTest, NothingFollowsATaskOrACommandForBash) {
  EXPECT_EQ(scanned("t.yaml u.yaml"),
            "refused: u.yaml after t.yaml: one task file at a time; several tasks stand in one "
            "file");
  EXPECT_EQ(scanned("-- t.yaml u.yaml"), scanned("t.yaml u.yaml"));
  EXPECT_EQ(scanned("t.yaml x"),
            "refused: x after t.yaml: a task file takes no arguments; --env K=V gives it values");
  EXPECT_EQ(scanned("t.yaml -- x"), scanned("t.yaml x"));
  EXPECT_EQ(scanned("a_b c"),
            "refused: c after the command 'a b': a command with arguments goes after --, or is "
            "one word");
}

TEST(OtherLaunchersTest, NoAdviceHidesAnOptionOrCommandOfOurs) {
  for (const Option& option : option_table()) {
    EXPECT_FALSE(advice_for_option(option.name)) << option.name;
    EXPECT_EQ(counts_ranks(option.name), RankCount::none) << option.name;
    if (option.letter != 0) {
      EXPECT_FALSE(advice_for_option(std::string("-") + option.letter));
    }
  }
  for (const Verb& verb : verb_table()) EXPECT_FALSE(advice_for_verb(verb.name)) << verb.name;
}

TEST(OtherLaunchersTest, EveryOptionThatIsAdvisedIsThere) {
  for (const char* name : {"-H", "--nodes", "-genv", "--bynode", "--cpu-bind", "--preload-files",
                           "--do-not-launch", "-hostfile", "--nproc-per-node"}) {
    const std::string advice = advice_for_option(name).value_or("");
    bool some = false;
    for (const auto word : split_words(advice)) {
      if (word.substr(0, 2) != "--") continue;
      some = true;
      EXPECT_NE(find_option(word), nullptr) << word;
    }
    EXPECT_TRUE(some) << name;
  }
}

}  // namespace
}  // namespace skyrun
