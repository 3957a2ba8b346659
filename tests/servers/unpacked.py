"""Running a Dovecot that was unpacked from its Debian packages instead of installed.

`tests/run` does so where it may not install: everything then lies below .venv/dovecot, and what
Dovecot looks for in /usr has to be shown to it.
"""

from pathlib import Path

# Names compiled into Dovecot that no setting changes, and where they lie when unpacked. It loads
# its TLS from the one, and reads its configuration by running the other.
BUILT_IN = {
    "/usr/lib/dovecot/modules": ("usr/lib/dovecot/modules", "m"),
    "/usr/bin/doveconf": ("usr/bin/doveconf", "c"),
}


def library_path(unpacked: Path) -> dict[str, str]:
    """The environment in which its programs find its libraries."""
    folders = {str(file.parent) for file in unpacked.glob("usr/lib/**/*.so*")}
    folders |= {str(file.parent) for file in unpacked.glob("lib/**/*.so*")}
    return {"LD_LIBRARY_PATH": ":".join(sorted(folders))}


def relocate(unpacked: Path, folder: Path) -> dict[str, str]:
    """The environment of a server living in `folder`, whose name has at most 15 letters.

    The server gets a copy of the one library that knows the built-in names, with the names of
    links in their place: they may not be longer.
    """
    library = (unpacked / "usr" / "lib" / "dovecot" / "libdovecot.so.0").read_bytes()
    for name, (place, short) in BUILT_IN.items():
        link = folder / short
        if len(str(link)) > len(name):
            raise ValueError(f"{folder} has too long a name.")
        if not link.is_symlink():
            link.symlink_to(unpacked / place)
        old = name.encode() + b"\0"
        library = library.replace(old, bytes(link).ljust(len(old), b"\0"))
    (folder / "libdovecot.so.0").write_bytes(library)
    return {"LD_LIBRARY_PATH": f"{folder}:{library_path(unpacked)['LD_LIBRARY_PATH']}"}
