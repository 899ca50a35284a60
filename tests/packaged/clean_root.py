"""A clean Debian or Ubuntu of this machine's release, in a folder: what an ordinary user installs into."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

INSTALL_SECONDS = 600.0
RUN_SECONDS = 120.0
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes", "--no-install-recommends")
MAY_FAIL = (OSError, subprocess.CalledProcessError)
# Mounts go away with the process, for they are made in a name space of its own.
ENTER = """
set -e
root=$1; shift
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root$(dirname "$1")"; touch "$root$1"; fi
  mount --bind "$1" "$root$1"
  shift
done
shift
exec chroot "$root" "$@"
"""
# What a session gives a program; everything else of the tests' environment stays outside.
OF_THE_SESSION = (
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "HOME",
    "LC_ALL",
    "QT_QPA_PLATFORM",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
)
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class NoCleanRoot(Exception):
    """None can be made here; the text says why."""


@dataclass(frozen=True)
class System:
    """Where the package is installed: a clean root, or a mere folder beside this machine's own files."""

    root: Path
    is_clean: bool
    shared: tuple[Path, ...] = field(default=())  # places of this machine that can be seen inside

    @property
    def program(self) -> str:
        """The program's start."""
        return "/usr/bin/vibes-desktop" if self.is_clean else str(self.root / "usr/bin/vibes-desktop")

    def command(self, *arguments: str) -> list[str]:
        """Say what runs a command inside."""
        if not self.is_clean:
            return list(arguments)
        places = [str(place) for place in self.shared if place.exists()]
        enter = ("unshare", "--mount", "--propagation", "private", "--", "sh", "-c", ENTER, "enter")
        return [*enter, str(self.root), *places, "--", *arguments]

    def run(
        self, *arguments: str, seconds: float = RUN_SECONDS, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            timeout=seconds,
            env={**session(), **(environment or {})},
            cwd="/",
            check=False,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start the program."""
        command = self.command(self.program, *arguments)
        return subprocess.Popen(command, env={**session(), **environment}, cwd="/", text=True)

    def install(self, package: Path) -> None:
        """Install a package with what it depends on; raises CalledProcessError."""
        if not self.is_clean:
            subprocess.run(("dpkg-deb", "--extract", package, self.root), check=True)
            return
        inside = self.root / "root" / package.name
        shutil.copyfile(package, inside)
        self._checked(*APT, "install", "--allow-downgrades", f"/root/{package.name}")
        inside.unlink()

    def remove(self) -> None:
        """Remove the package and all that it brought; raises CalledProcessError."""
        if self.is_clean:
            self._checked(*APT, "purge", "vibes-desktop")
        else:
            shutil.rmtree(self.root / "usr")

    def _checked(self, *arguments: str) -> None:
        done = self.run(*arguments, seconds=INSTALL_SECONDS)
        if done.returncode:
            raise AssertionError(f"{arguments} failed:\n{done.stdout}\n{done.stderr}")


def session() -> Mapping[str, str]:
    """What of this environment a program in a desktop session would see."""
    kept = {name: os.environ[name] for name in OF_THE_SESSION if name in os.environ}
    return {**kept, "PATH": SYSTEM_PATH, "LANG": "C.UTF-8"}


def places_of_session() -> tuple[Path, ...]:
    """The home folder, the message bus and the display, which a clean root has to share."""
    bus = os.environ["DBUS_SESSION_BUS_ADDRESS"].partition("path=")[2].partition(",")[0]
    return (Path(os.environ["HOME"]), Path(bus), Path("/tmp/.X11-unix"))  # noqa: S108 - where X servers meet


def make_clean_root(root: Path) -> None:
    """Make a minimal system; raises NoCleanRoot."""
    if os.geteuid() != 0:
        raise NoCleanRoot("it takes an administrator's rights")
    address, release, part = _mirror()
    command = ("debootstrap", "--variant=minbase", f"--components={part}", release, str(root), address)
    try:
        subprocess.run(("unshare", "--mount", "true"), check=True, capture_output=True)
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except MAY_FAIL as error:
        said = getattr(error, "stdout", None) or getattr(error, "stderr", None) or str(error)
        raise NoCleanRoot(str(said).strip().splitlines()[-1]) from error
    (root / "etc/apt/apt.conf.d/99proxy").write_text(_proxies())
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # no services in there
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    done = System(root, True).run(*APT, "update", seconds=INSTALL_SECONDS)
    if done.returncode:
        raise NoCleanRoot(done.stderr.strip() or "its package lists could not be read")


def _mirror() -> tuple[str, str, str]:
    """Find out where this machine has its own packages from: address, release, part."""
    form = "$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)"
    command = ("apt-get", "indextargets", "--format", form, "Created-By: Packages")
    release = _release()
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    found = [line.split(" ", 3) for line in lines]
    own = [entry for entry in found if entry[1::2] in ([release, "Debian"], [release, "Ubuntu"])]
    if not own:
        raise NoCleanRoot("this machine's own packages come from no known place")
    parts = sorted({entry[2] for entry in own} & {"main", "universe"})
    return own[0][0], release, ",".join(parts)


def _release() -> str:
    lines = Path("/etc/os-release").read_text().splitlines()
    values = dict(line.partition("=")[::2] for line in lines)
    return values.get("VERSION_CODENAME", "").strip('"')


def _proxies() -> str:
    """Repeat how this machine reaches its packages."""
    said = subprocess.run(("apt-config", "dump"), capture_output=True, text=True, check=False).stdout
    lines = (line for line in said.splitlines() if line.startswith("Acquire::"))
    return "".join(f"{line}\n" for line in lines if "proxy" in line.lower())
