# The libraries of the system, each an imported target, linked statically: the programs run where
# none of them is installed, and each shared object costs the start of a node's daemon time.
find_path(FMT_INCLUDE fmt/format.h REQUIRED)  # its compiled part is core/fmt_library.cpp

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
# Its other libraries are those of formats that launcher/files/tar_writer.cpp keeps out.
target_link_libraries(lib_archive INTERFACE lib_zstd)
skyrun_static(lib_yaml_cpp libyaml-cpp.a yaml-cpp/yaml.h)

find_program(SKYRUN_PROTOC protoc REQUIRED)
