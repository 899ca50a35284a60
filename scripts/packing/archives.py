"""Archives that are the same, byte for byte, whenever and wherever they are made of the same files."""

from __future__ import annotations

import gzip
import io
import stat
import subprocess
import tarfile
from pathlib import Path

AR_MAGIC = b"!<arch>\n"
XZ = ("xz", "--format=xz", "--check=crc64", "-6", "--block-size=32MiB", "--threads=4", "--stdout")


def tar_of(folder: Path, prefix: str, time: int) -> bytes:
    """Pack a folder: sorted, everything of root, of one time, executable or not."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path in [folder, *sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts)]:
            place = path.relative_to(folder).as_posix()
            member = archive.gettarinfo(path, prefix if place == "." else f"{prefix}/{place}")
            member.uid = member.gid = 0
            member.uname = member.gname = "root"
            member.mtime = time
            member.mode = _mode(member)
            if member.isreg():
                with path.open("rb") as file:
                    archive.addfile(member, file)
            else:
                archive.addfile(member)
    return buffer.getvalue()


def xz(content: bytes) -> bytes:
    """Compress; the number of threads is fixed, for the result depends on whether there are several."""
    return subprocess.run(XZ, input=content, stdout=subprocess.PIPE, check=True).stdout


def gzipped(content: bytes) -> bytes:
    """Compress without a name and a time."""
    return gzip.compress(content, 9, mtime=0)


def ar_of(members: dict[str, bytes], time: int) -> bytes:
    """Pack files the way a .deb does."""
    parts = [AR_MAGIC]
    for name, content in members.items():
        parts.append(f"{name:<16}{time:<12}{0:<6}{0:<6}{0o100644:<8o}{len(content):<10}`\n".encode())
        parts.append(content + b"\n" * (len(content) % 2))
    return b"".join(parts)


def _mode(member: tarfile.TarInfo) -> int:
    if member.issym():
        return 0o777
    return 0o755 if member.isdir() or member.mode & stat.S_IXUSR else 0o644
