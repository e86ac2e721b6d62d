# The libraries of the system, each an imported target. What skyrund needs is linked statically
# where Debian has an archive: it starts on every node, and each shared object costs it time.
find_package(PkgConfig REQUIRED)
find_path(FMT_INCLUDE fmt/format.h REQUIRED)  # its compiled part is core/fmt_library.cpp
find_package(yaml-cpp REQUIRED)

# skyrun_static(TARGET archive header): the static archive of a library, as a target.
function(skyrun_static target archive header)
  find_library(${target}_LIB NAMES ${archive} REQUIRED)
  find_path(${target}_INC ${header} REQUIRED)
  add_library(${target} STATIC IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${${target}_LIB})
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_INC})
endfunction()

skyrun_static(lib_uv libuv_a.a uv.h)
skyrun_static(lib_protobuf_lite libprotobuf-lite.a google/protobuf/message_lite.h)
skyrun_static(lib_zstd libzstd.a zstd.h)
skyrun_static(lib_archive libarchive.a archive.h)
target_link_libraries(lib_uv INTERFACE pthread dl rt)
target_link_libraries(lib_protobuf_lite INTERFACE pthread)
# Writing pulls in every format of the archive; --as-needed keeps those out of skyrund.
target_link_libraries(lib_archive INTERFACE -Wl,--as-needed lib_zstd acl nettle lzma z bz2 xml2)

find_program(SKYRUN_PROTOC protoc REQUIRED)
