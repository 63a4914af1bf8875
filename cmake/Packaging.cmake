# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` lays down: programs, the cometa library with headers and CMake package.

include(CMakePackageConfigHelpers)

set_target_properties(cometa PROPERTIES EXPORT_NAME Cometa)
install(TARGETS cometa EXPORT CometaTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cometa)
install(FILES ${COMETA_PUBLIC_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cometa)
install(EXPORT CometaTargets NAMESPACE Cometa::
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Cometa)
configure_package_config_file(cmake/CometaConfig.cmake.in ${CMAKE_BINARY_DIR}/CometaConfig.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Cometa)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/CometaConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/CometaConfig.cmake ${CMAKE_BINARY_DIR}/CometaConfigVersion.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Cometa)
