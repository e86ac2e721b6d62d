// SPDX-License-Identifier: Apache-2.0
//
// A hostile daemon: a launch agent that starts every host's daemon but one by `AGENT HOST COMMAND`,
// and is that one itself. It greets, says hello as an honest one does, then says what it was told
// to, in whose name it was told to, and listens until its parent has had enough.
//
//     liar LOG VICTIM LIE AGENT HOST COMMAND
//
// LOG gets a line "HOST" for each start on the machine where it is asked for. LIE is KIND, or
// KIND:SPEAKER (head, client, a number): a message of that kind; or one of the raw ones below.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "core/text.h"
#include "fabric/greeting.h"
#include "fabric/packet_wire.h"
#include "protocol/codec.h"

namespace {

using namespace skyrun;

void write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (n <= 0) std::_Exit(0);  // our parent has gone
    bytes.remove_prefix(static_cast<size_t>(n));
  }
}

/// Hands every frame to `take` until it says that it has heard enough, or the parent goes.
template <class Take>
void listen(PacketReader& reader, Take take) {
  for (;;) {
    Packet packet;
    while (reader.next(packet).value_or(false)) {
      const auto* frame = std::get_if<Frame>(&packet);
      if (frame != nullptr && take(*frame)) return;
    }
    pollfd readable{.fd = STDIN_FILENO, .events = POLLIN};
    if (::poll(&readable, 1, 500) == 0) {
      std::string alive;
      append_keepalive(alive);
      write_out(alive);
      continue;
    }
    char block[65536];
    const ssize_t n = ::read(STDIN_FILENO, block, sizeof block);
    if (n <= 0) std::_Exit(0);
    reader.push({block, static_cast<size_t>(n)});
  }
}

std::string field(unsigned number, const std::string& value) {
  std::string bytes;
  for (size_t each : {size_t{number} << 3U | 2U, value.size()}) {
    for (; each >= 0x80; each >>= 7U) bytes += static_cast<char>((each & 0x7FU) | 0x80U);
    bytes += static_cast<char>(each);
  }
  return bytes + value;
}

/// Bodies that no honest peer makes.
std::map<std::string, Frame> raw_lies(NodeId self) {
  constexpr unsigned kAdopt = 30;
  constexpr unsigned kNotice = 35;
  const std::string host = "\x08\x01" + field(2, "h1") + "\x28\x01" + field(6, "/owned");
  const std::string long_text(size_t{15} << 20U, 'x');
  return {
      {"garbage", {.to = To::head, .speaker = self, .body = "\xff\xff\xff\xff"}},
      {"garbage-for-the-client", {.to = To::observers, .speaker = self, .body = "\xff\xff"}},
      {"a-long-text",
       {.to = To::observers, .speaker = self, .body = field(kNotice, field(2, long_text))}},
      // What Adopt once was: whom to start, and how.
      {"a-node-to-run",
       {.to = To::observers, .speaker = self, .body = field(kAdopt, field(1, host))}},
  };
}

Message message_of(const std::string& kind, NodeId self) {
  const std::map<std::string, Message> kinds{
      {"Bootstrap", Bootstrap{.self = {.id = self}}},
      {"Prepare", Prepare{}},
      {"SyncBegin", SyncBegin{{"/tmp/owned"}}},
      {"SyncBlock", SyncBlock{"x"}},
      {"StartStage", StartStage{}},
      {"SignalRanks", SignalRanks{SIGUSR1}},
      {"StopRanks", StopRanks{}},
      {"JobOver", JobOver{}},
      {"GoHome", GoHome{}},
      {"Submit", Submit{}},
      {"Hello", Hello{.node = self}},
      {"HelloOfAnother", Hello{.node = NodeId{1}}},
      {"HelloWithLines", Hello{.node = self, .facts = {.address = "127.0.0.1 bank\n127.0.0.2"}}},
      {"StartFailed", StartFailed{.node = NodeId{1}, .by = self}},
      {"StartFailedByNobody", StartFailed{.node = NodeId{1}, .by = NodeId{99999}}},
      {"NodeLost", NodeLost{.node = NodeId{1}}},
      {"StageEnded", StageEnded{.node = NodeId{1}}},
      {"SyncSent", SyncSent{}},
      {"SyncTaken", SyncTaken{.node = NodeId{1}}},
      {"ShepherdLost", ShepherdLost{.node = NodeId{1}}},
      {"NodeQuiet", NodeQuiet{NodeId{1}}},
      {"Introduce", Introduce{}},
      {"Cancel", Cancel{}},
      {"Adopt", Adopt{.nodes = {NodeId{1}}, .why = "because"}},
      {"AdoptOfItself", Adopt{.nodes = {self}, .why = "because"}},
      {"AdoptOfNobody", Adopt{.nodes = {NodeId{77}}, .why = "because"}},
      {"Placed", Placed{}},
      {"Progress", Progress{}},
      {"Output", Output{.node = NodeId{1}, .bytes = "forged\n"}},
      {"Notice", Notice{.node = NodeId{1}, .text = "forged"}},
      {"JobEnded", JobEnded{}},
  };
  return kinds.at(kind);
}

Frame lie_of(const std::string& words, NodeId self) {
  const auto raw = raw_lies(self);
  if (const auto found = raw.find(words); found != raw.end()) return found->second;
  const size_t colon = words.find(':');
  const std::string name = colon == std::string::npos ? "" : words.substr(colon + 1);
  const NodeId speaker = name.empty()       ? self
                         : name == "head"   ? kHead
                         : name == "client" ? kClient
                                            : NodeId{to_number<uint32_t>(name).value()};
  return make_frame(message_of(words.substr(0, colon), self), speaker, kFirstJob);
}

void lie(const std::string& words) {
  if (words == "version") {
    write_out(std::string(kGreetingMark) + "3 0.0.9\n");
  } else {
    write_out(kGreeting);
  }
  PacketReader reader;
  NodeId self;
  listen(reader, [&self](const Frame& frame) {
    const auto message = decode(frame.body);
    const auto* bootstrap = message ? std::get_if<Bootstrap>(&*message) : nullptr;
    if (bootstrap != nullptr) self = bootstrap->self.id;
    return bootstrap != nullptr;
  });
  std::string stream;
  if (self != kHead && words != "HelloWithLines")
    append_packet(stream, make_frame(Hello{.node = self, .facts = {.address = "127.0.0.1"}}, self));
  append_packet(stream, lie_of(words, self));
  write_out(stream);
  listen(reader, [](const Frame& frame) {
    const auto message = decode(frame.body);
    return message && std::holds_alternative<GoHome>(*message);
  });
}

void append_line(const char* path, const std::string& line) {
  const int fd = ::open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  static_cast<void>(!::write(fd, (line + "\n").data(), line.size() + 1));
  ::close(fd);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 7) return 2;
  append_line(argv[1], argv[argc - 2]);
  std::signal(SIGPIPE, SIG_IGN);
  if (std::string_view(argv[argc - 2]) != argv[2]) {
    ::execvp(argv[4], argv + 4);
    return 127;
  }
  lie(argv[3]);
  return 0;
}
