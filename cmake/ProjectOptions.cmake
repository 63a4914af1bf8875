# SPDX-License-Identifier: Apache-2.0
# One INTERFACE target carries every flag: language level, strict Qt, warnings, hardening, instruments.

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG") # -O3 makes it larger, and no quicker
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")

# Line numbers are what a trace needs; the rest of -g takes a third of the time to write and link.
set(CMAKE_CXX_FLAGS_DEBUG "-g1")
set(CMAKE_C_FLAGS_DEBUG "-g1")
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM AND CMAKE_BUILD_TYPE STREQUAL "Debug" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
   AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12.1)
    add_link_options(-fuse-ld=mold) # a hundred tests are linked in seconds
endif()

include(CheckPIESupported)
check_pie_supported()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

add_library(project_options INTERFACE)
target_compile_features(project_options INTERFACE cxx_std_20)
target_compile_definitions(project_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
    COMETA_VERSION="${PROJECT_VERSION}" _GLIBCXX_ASSERTIONS)
set(COMETA_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Werror)
target_compile_options(project_options INTERFACE ${COMETA_WARNINGS}
    $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast -Woverloaded-virtual -Wnon-virtual-dtor>
    -fstack-protector-strong -ffunction-sections -fdata-sections
    $<$<CONFIG:Release>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
target_link_options(project_options INTERFACE -Wl,-z,relro,-z,now -Wl,--gc-sections)

# Counters and sanitizers are for what is tested. The code of a test (COMETA_IS_TEST) goes without
# them, which saves a third of the time to compile it.
set(instrumentation "")
if(COMETA_COVERAGE)
    list(APPEND instrumentation --coverage -fprofile-update=atomic)
    target_link_options(project_options INTERFACE --coverage)
endif()
if(COMETA_SANITIZE)
    set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    list(APPEND instrumentation ${sanitizers})
    target_link_options(project_options INTERFACE ${sanitizers})
endif()
if(COMETA_FUZZ)
    list(APPEND instrumentation -fsanitize=fuzzer-no-link,address,undefined)
    target_link_options(project_options INTERFACE -fsanitize=address,undefined)
endif()
target_compile_options(project_options INTERFACE
    "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:COMETA_IS_TEST>>>:${instrumentation}>")
