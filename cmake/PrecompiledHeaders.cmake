# SPDX-License-Identifier: Apache-2.0
# Qt's headers are most of what a debug build reads, so the dev and asan presets read them once for
# each kind of target. The release build and clang-tidy read them anew: they find a missing #include.
#
# cometa_precompile(TARGET KIND): "core" and "widgets" for libraries, "core_test" and "widgets_test"
# for test programs. The first target of a kind compiles the headers, the others use them again.

set(COMETA_PCH_core <algorithm> <chrono> <functional> <memory> <optional>
    <QCoreApplication> <QDateTime> <QDir> <QFile> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject>
    <QSslSocket> <QTcpServer> <QTimer>)
set(COMETA_PCH_widgets ${COMETA_PCH_core}
    <QApplication> <QBoxLayout> <QLabel> <QPainter> <QPushButton> <QScrollBar> <QTreeView>)
set(COMETA_PCH_core_test ${COMETA_PCH_core} <QSignalSpy> <QTemporaryDir> <QTest>)
set(COMETA_PCH_widgets_test ${COMETA_PCH_widgets} <QSignalSpy> <QTemporaryDir> <QTest>)

function(cometa_precompile target kind)
    if(NOT COMETA_PRECOMPILE)
        return()
    endif()
    get_property(first GLOBAL PROPERTY COMETA_PCH_OWNER_${kind})
    if(first)
        target_precompile_headers(${target} REUSE_FROM ${first})
    else()
        target_precompile_headers(${target} PRIVATE ${COMETA_PCH_${kind}})
        set_property(GLOBAL PROPERTY COMETA_PCH_OWNER_${kind} ${target})
    endif()
endfunction()
