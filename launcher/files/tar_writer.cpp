// SPDX-License-Identifier: Apache-2.0
#include "launcher/files/tar_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>

/// What libarchive's writer of tar files needs of the object file that also names the writers of
/// all its other formats, and with them their libraries: xml2 and ICU, lzma, bz2, nettle. With this
/// one that file stays in its archive.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" void __archive_write_entry_filetype_unsupported(archive* writer, archive_entry* entry,
                                                           const char* format) {
  archive_set_error(writer, EINVAL, "%s: a file of a type that %s has not",
                    archive_entry_pathname(entry), format);
}

namespace skyrun {
namespace {

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

void TarWriter::Free::operator()(archive* tar) const {
  archive_write_free(tar);
}

TarWriter::TarWriter() : tar_(archive_write_new()) {}

Result<std::unique_ptr<TarWriter>> TarWriter::open() {
  std::unique_ptr<TarWriter> writer(new TarWriter);
  auto* tar = writer->tar_.get();
  archive_write_set_format_pax(tar);
  archive_write_set_format_option(tar, "pax", "hdrcharset", "BINARY");
  archive_write_set_bytes_per_block(tar, 64 << 10);
  archive_write_set_bytes_in_last_block(tar, 1);
  auto opened = writer->result(archive_write_open(tar, writer.get(), nullptr, on_bytes, nullptr));
  if (!opened) return tl::unexpected(std::move(opened.error()));
  return writer;
}

Result<void> TarWriter::begin(const TarEntry& entry) {
  const std::unique_ptr<archive_entry, FreeEntry> header(archive_entry_new());
  const auto type = entry.status.st_mode & S_IFMT;
  archive_entry_set_pathname(header.get(), entry.path.c_str());
  archive_entry_set_filetype(header.get(), type);
  archive_entry_set_perm(header.get(), entry.status.st_mode & 07777U);
  archive_entry_set_size(header.get(), type == S_IFREG ? entry.status.st_size : 0);
  archive_entry_set_mtime(header.get(), entry.status.st_mtim.tv_sec, entry.status.st_mtim.tv_nsec);
  if (type == S_IFLNK) archive_entry_set_symlink(header.get(), entry.link.c_str());
  for (const auto& each : entry.extents) {
    archive_entry_sparse_add_entry(header.get(), each.offset, each.length);
  }
  return result(archive_write_header(tar_.get(), header.get()));
}

Result<void> TarWriter::write(std::string_view bytes) {
  const auto count = archive_write_data(tar_.get(), bytes.data(), bytes.size());
  return result(count < 0 ? static_cast<int>(count) : ARCHIVE_OK);
}

Result<void> TarWriter::finish() {
  auto closed = result(archive_write_close(tar_.get()));
  if (!closed) return closed;
  return compressor_.finish(output_);
}

ssize_t TarWriter::on_bytes(archive* tar, void* self, const void* bytes, size_t size) {
  auto* writer = static_cast<TarWriter*>(self);
  const std::string_view view(static_cast<const char*>(bytes), size);
  auto written = writer->compressor_.write(view, writer->output_);
  if (written) return static_cast<ssize_t>(size);
  archive_set_error(tar, EIO, "%s", written.error().text().c_str());
  return -1;
}

/// A warning is a failure too: it means that something was not written as it was given.
Result<void> TarWriter::result(int code) {
  if (code == ARCHIVE_OK) return {};
  const char* why = archive_error_string(tar_.get());
  return failure(why != nullptr ? why : "the archive cannot be written");
}

}  // namespace skyrun
