# Every dependency is a Debian 12 package (scripts/setup installs them) and is found as an imported target.
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)

# Debian's hwy CMake config lacks the contrib library, so both are found by name.
add_library(millrace_highway INTERFACE)
find_library(MILLRACE_HWY_LIBRARY hwy REQUIRED)
find_library(MILLRACE_HWY_CONTRIB_LIBRARY hwy_contrib REQUIRED)
target_link_libraries(millrace_highway INTERFACE ${MILLRACE_HWY_LIBRARY} ${MILLRACE_HWY_CONTRIB_LIBRARY})
# SSSE3 adds compile time and no machine that matters: AVX-512, AVX2, SSE4 and the portable fallback remain.
target_compile_definitions(millrace_highway INTERFACE "HWY_DISABLED_TARGETS=HWY_SSSE3" HWY_SHARED_DEFINE)
