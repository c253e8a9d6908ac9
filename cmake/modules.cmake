# What everything here is compiled with; never passed on to a consumer.
add_library(millrace_flags INTERFACE)
target_compile_options(millrace_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
  # GCC 12 at -O3 reports these for sound std::string and std::vector code (GCC bugs 105329, 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow>
  # Determinism: no contraction behind our back (kernels fuse by asking for it), no value-changing flags.
  -ffp-contract=off -fno-trapping-math -fno-math-errno
  $<$<BOOL:${MILLRACE_WERROR}>:-Werror>)
if(MILLRACE_SANITIZE)
  target_compile_options(millrace_flags INTERFACE -fsanitize=${MILLRACE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(millrace_flags INTERFACE -fsanitize=${MILLRACE_SANITIZE})
endif()

set_property(GLOBAL PROPERTY MILLRACE_MODULES "")

# millrace_module(NAME SOURCES a.cpp ... LINKS modules and libraries that the headers need PRIVATE_LINKS others)
# makes the static library millrace_NAME (alias millrace::NAME) of one folder and makes it part of the package.
# tests/structure checks that LINKS name only modules that the folder may include.
function(millrace_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(millrace_${name} STATIC ${ARG_SOURCES})
  add_library(millrace::${name} ALIAS millrace_${name})
  set_target_properties(millrace_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(millrace_${name} PUBLIC cxx_std_20)
  target_include_directories(millrace_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/millrace>)
  target_link_libraries(millrace_${name} PUBLIC ${ARG_LINKS}
    PRIVATE ${ARG_PRIVATE_LINKS} $<BUILD_INTERFACE:millrace_flags>)
  set_property(GLOBAL APPEND PROPERTY MILLRACE_MODULES millrace_${name})
endfunction()
