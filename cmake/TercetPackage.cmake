# What is installed where, and the Debian package. `./dev package` builds it.
include(GNUInstallDirs)

# Completions for the shells, written by the command line itself.
set(completions ${CMAKE_BINARY_DIR}/completions)
set(completion_files)
foreach(shell bash zsh fish)
  add_custom_command(
    OUTPUT ${completions}/tercet.${shell}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
    COMMAND tercet completion ${shell} > ${completions}/tercet.${shell}
    DEPENDS tercet
    COMMENT "Writing the completions for ${shell}")
  list(APPEND completion_files ${completions}/tercet.${shell})
endforeach()
add_custom_target(tercet_completions ALL DEPENDS ${completion_files})

set(share ${CMAKE_INSTALL_DATADIR})
set(deploy ${CMAKE_SOURCE_DIR}/deploy)
install(TARGETS tercetd tercet)
install(FILES ${deploy}/tercetd.service DESTINATION lib/systemd/system)
install(FILES ${deploy}/tercet.toml DESTINATION /etc/tercet)
install(DIRECTORY ${deploy}/samples DESTINATION ${share}/tercet)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
        DESTINATION ${share}/doc/tercet)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${share}/doc/tercet
        RENAME copyright)
install(FILES ${completions}/tercet.bash RENAME tercet
        DESTINATION ${share}/bash-completion/completions)
install(FILES ${completions}/tercet.zsh RENAME _tercet
        DESTINATION ${share}/zsh/vendor-completions)
install(FILES ${completions}/tercet.fish
        DESTINATION ${share}/fish/vendor_completions.d)

# The package takes what is built; it does not build all of the tests first.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tercet)
set(CPACK_PACKAGE_CONTACT "Tercet developers <maintainers@tercet.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
    "translation memory server and command line")
set(CPACK_PACKAGE_DESCRIPTION
    "Tercet keeps translated sentences and finds them again, exactly or nearly
the same, with any of their languages as the source. It holds the server
tercetd, which speaks gRPC, and the command line tercet, which imports and
exports TMX, TSV and JSON lines and also works without a server.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${deploy}/debian/conffiles ${deploy}/debian/postinst ${deploy}/debian/prerm
    ${deploy}/debian/postrm)
include(CPack)
