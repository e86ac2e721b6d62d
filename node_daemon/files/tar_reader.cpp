// SPDX-License-Identifier: Apache-2.0
#include "node_daemon/files/tar_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

namespace skyrun {
namespace {

std::string text_of(const char* text) {
  return text != nullptr ? text : "";
}

TarItem item_of(archive_entry* entry) {
  TarItem item;
  item.path = text_of(archive_entry_pathname(entry));
  item.type = archive_entry_hardlink(entry) == nullptr ? archive_entry_filetype(entry) : 0;
  item.attributes.mode = archive_entry_perm(entry) & 07777U;
  item.attributes.mtime = {archive_entry_mtime(entry), archive_entry_mtime_nsec(entry)};
  item.size = archive_entry_size(entry);
  item.link = text_of(archive_entry_symlink(entry));
  return item;
}

}  // namespace

void TarReader::Free::operator()(archive* tar) const {
  archive_read_free(tar);
}

TarReader::TarReader() : tar_(archive_read_new()) {}

Result<TarReader> TarReader::open(int fd) {
  constexpr size_t kReadSize = size_t{128} << 10U;
  TarReader reader;
  auto* tar = reader.tar_.get();
  archive_read_support_filter_zstd(tar);
  archive_read_support_format_tar(tar);
  // Reading on after the end of the archive is what makes zstd see its checksum.
  archive_read_set_format_option(tar, "tar", "read_concatenated_archives", "1");
  if (archive_read_open_fd(tar, fd, kReadSize) == ARCHIVE_OK) return reader;
  return tl::unexpected(reader.error());
}

Result<std::optional<TarItem>> TarReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(tar_.get(), &entry);
  if (code == ARCHIVE_EOF) return std::nullopt;
  if (code != ARCHIVE_OK) return tl::unexpected(error());  // a warning: it is not what was sent
  return item_of(entry);
}

Result<std::optional<TarBlock>> TarReader::next_block() {
  const void* bytes = nullptr;
  size_t size = 0;
  la_int64_t offset = 0;
  const int code = archive_read_data_block(tar_.get(), &bytes, &size, &offset);
  if (code == ARCHIVE_EOF) return std::nullopt;
  if (code != ARCHIVE_OK) return tl::unexpected(error());
  return TarBlock{offset, {static_cast<const char*>(bytes), size}};
}

Error TarReader::error() const {
  const char* why = archive_error_string(tar_.get());
  return Error(why != nullptr ? why : "unreadable").within("file stream");
}

}  // namespace skyrun
