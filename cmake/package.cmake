# `cmake --install`: headers, static libraries, the built-in cases to start from, and the package that
# find_package(millrace) reads; cli/ installs the command line. A consumer links millrace::millrace (everything) or one
# folder, e.g. millrace::select.
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/millrace)

get_property(modules GLOBAL PROPERTY MILLRACE_MODULES)
add_library(millrace_everything INTERFACE)
add_library(millrace::millrace ALIAS millrace_everything)
set_target_properties(millrace_everything PROPERTIES EXPORT_NAME millrace)
target_link_libraries(millrace_everything INTERFACE ${modules})
install(TARGETS millrace_everything millrace_highway ${modules} EXPORT millraceTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT millraceTargets NAMESPACE millrace:: DESTINATION ${package_folder})

# Headers and cases keep their place in the tree.
function(install_in_place destination)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${ARGN})
  foreach(file IN LISTS files)
    get_filename_component(folder ${file} DIRECTORY)
    install(FILES ${file} DESTINATION ${destination}/${folder})
  endforeach()
endfunction()
install_in_place(${CMAKE_INSTALL_INCLUDEDIR}/millrace engine/*.hpp operators/*.hpp problems/*.hpp)
install_in_place(${CMAKE_INSTALL_DATADIR}/millrace problems/*.toml problems/*.json)

configure_package_config_file(cmake/millraceConfig.cmake.in ${PROJECT_BINARY_DIR}/millraceConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/millraceConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/millraceConfig.cmake ${PROJECT_BINARY_DIR}/millraceConfigVersion.cmake
        DESTINATION ${package_folder})
