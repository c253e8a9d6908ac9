# Every dependency is a Debian 12 package (scripts/setup installs them) and is found as an imported target.
# What a library target links, publicly or not, belongs into cmake/millraceConfig.cmake.in as well.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)
find_package(hwy 1.0.3 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
# Headers only (Boost.Math), inside of engine/statistics: who uses the package does not need them.
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(SQLiteCpp REQUIRED)
# COIN-OR Clp comes with a description for pkg-config only.
pkg_check_modules(CLP REQUIRED IMPORTED_TARGET clp)

add_library(millrace_highway INTERFACE)
add_library(millrace::highway ALIAS millrace_highway)
set_target_properties(millrace_highway PROPERTIES EXPORT_NAME highway)
target_link_libraries(millrace_highway INTERFACE hwy::hwy_contrib hwy::hwy)
# SSSE3 adds compile time and no machine that matters: AVX-512, AVX2, SSE4 and the portable fallback remain.
target_compile_definitions(millrace_highway INTERFACE "HWY_DISABLED_TARGETS=HWY_SSSE3")
