# The case files travel inside the library, so that an installed binary finds them by name anywhere.
#
# millrace_embed_cases(FAMILY OUT) writes a source file that defines FAMILY_cases() (see problems/case/builtin_case.hpp)
# from cases/*.toml and cases/*.json of the calling folder, and sets OUT to its path.
set(MILLRACE_EMBED_CASES_FOLDER ${CMAKE_CURRENT_LIST_DIR})
function(millrace_embed_cases family out)
  file(GLOB case_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/cases/*.toml
       ${CMAKE_CURRENT_SOURCE_DIR}/cases/*.json)
  list(SORT case_files)
  set(MILLRACE_CASES "")
  foreach(case_file IN LISTS case_files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${case_file})
    get_filename_component(case_name ${case_file} NAME_WE)
    # In pieces: a string literal has a longest length that every compiler takes.
    file(READ ${case_file} case_text)
    string(LENGTH "${case_text}" length)
    set(literals "")
    set(from 0)
    while(from LESS length)
      string(SUBSTRING "${case_text}" ${from} 12000 piece)
      string(APPEND literals "R\"toml(${piece})toml\"\n")
      math(EXPR from "${from} + 12000")
    endwhile()
    string(APPEND MILLRACE_CASES "    BuiltinCase{\"${case_name}\", ${literals}},\n")
  endforeach()
  set(MILLRACE_CASE_FAMILY ${family})
  configure_file(${MILLRACE_EMBED_CASES_FOLDER}/builtin_cases.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/builtin_cases.cpp @ONLY)
  set(${out} ${CMAKE_CURRENT_BINARY_DIR}/builtin_cases.cpp PARENT_SCOPE)
endfunction()
