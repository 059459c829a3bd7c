# How targets are made: one library a folder, one test program a folder.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# What holds for all code of ours (not for generated code).
add_library(tercet_flags INTERFACE)
target_include_directories(tercet_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(
  tercet_flags
  INTERFACE -Wall -Wextra -Werror -Wno-unused-parameter
            -Wno-missing-field-initializers
            # False alarms of g++ 12 about std::string (GCC bug 105329).
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>)

# tercet_library(text SOURCES tokenize.cc ... DEPS model ICU::uc)
# makes the library tercet_text; a DEPS name of ours is given without prefix.
function(tercet_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(tercet_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(tercet_${name} PUBLIC tercet_flags)
  tercet_link(tercet_${name} PUBLIC ${ARG_DEPS})
endfunction()

# tercet_test(text SOURCES tokenize_test.cc ... DEPS text) makes the program
# text_test and registers each of its tests with CTest.
function(tercet_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE tercet_flags)
  tercet_link(${name}_test PRIVATE ${ARG_DEPS} test_support)
  gtest_discover_tests(
    ${name}_test
    TEST_PREFIX "${name}."
    DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 600)
endfunction()

# Links the names, ours without their prefix.
function(tercet_link target visibility)
  foreach(dep IN LISTS ARGN)
    if(TARGET tercet_${dep})
      target_link_libraries(${target} ${visibility} tercet_${dep})
    else()
      target_link_libraries(${target} ${visibility} ${dep})
    endif()
  endforeach()
endfunction()
