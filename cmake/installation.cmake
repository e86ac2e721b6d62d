# Where installed files are. What the programs must know of it of each other, core/installation.cpp
# is told here: the way from one to the other, which stays the same when the prefix is moved.
include(GNUInstallDirs)
set(SKYRUN_LIBEXEC ${CMAKE_INSTALL_LIBEXECDIR}/skyrun)
set(full_libexec ${CMAKE_INSTALL_FULL_LIBEXECDIR}/skyrun)
file(RELATIVE_PATH SKYRUN_BIN_TO_LIBEXEC ${CMAKE_INSTALL_FULL_BINDIR} ${full_libexec})
file(RELATIVE_PATH SKYRUN_LIBEXEC_TO_BIN ${full_libexec} ${CMAKE_INSTALL_FULL_BINDIR})
