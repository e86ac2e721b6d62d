# How everything here is compiled: C++20, warnings are errors, ccache and mold where present.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
# Of builds that are only tested: line numbers are enough, and it takes half the time to compile.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

find_program(SKYRUN_CCACHE ccache)
if(SKYRUN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SKYRUN_CCACHE})
endif()
find_program(SKYRUN_MOLD mold)
if(SKYRUN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# A node has our programs and its C library; whether it has our C++ library nobody knows.
if(NOT SKYRUN_SANITIZE)
  add_link_options(-static-libstdc++ -static-libgcc)
endif()

add_library(skyrun_options INTERFACE)
target_include_directories(skyrun_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(skyrun_options INTERFACE SKYRUN_VERSION="${PROJECT_VERSION}")
target_compile_options(skyrun_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Werror -Wno-missing-field-initializers)
if(SKYRUN_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(SKYRUN_FUZZ)
  add_compile_options(-O1 -fsanitize=fuzzer-no-link)  # more inputs a second
endif()

# skyrun_library(NAME sources... LIBS libraries...): one component.
function(skyrun_library name)
  cmake_parse_arguments(ARG "" "" "LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC skyrun_options ${ARG_LIBS})
endfunction()
