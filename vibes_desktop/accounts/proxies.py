"""Which proxy a profile goes through. Its password is a secret like the others: never in the settings."""

from urllib.parse import urlsplit, urlunsplit

from vibes_desktop.model.errors import InvalidInput
from vibes_desktop.model.profile import Profile, ProxyMode, Secrets


def check_manual_proxy(text: str) -> None:
    """Raise InvalidInput, with field proxy_url, unless it is an http or https proxy. SOCKS is refused."""
    from vibes_desktop.vibes.wire import checked_proxy

    if urlsplit(checked_proxy(text)).path.strip("/"):
        advice = "It ends after the port: http://host:port."
        raise InvalidInput("This proxy can't be used", advice, field="proxy_url")


def without_password(url: str) -> tuple[str, str | None]:
    """Split the password off a proxy's address, as it is spelled there; None where there is none."""
    parts = urlsplit(url)
    sign_in, at, place = parts.netloc.rpartition("@")
    user, colon, password = sign_in.partition(":")
    if not colon:
        return url, None
    return urlunsplit(parts._replace(netloc=f"{user}{at}{place}")), password


def with_password(url: str, password: str | None) -> str:
    """Put the password back; an address without a user takes none."""
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    if password is None or not at:
        return url
    return urlunsplit(parts._replace(netloc=f"{user}:{password}@{place}"))


def proxy_of(profile: Profile, secrets: Secrets, system_proxy: str | None) -> str | None:
    """Find the proxy to go through; `system_proxy` is what the operating system wants for the address."""
    match profile.proxy_mode:
        case ProxyMode.SYSTEM:
            return system_proxy
        case ProxyMode.MANUAL if profile.proxy_url:
            return with_password(profile.proxy_url, secrets.proxy_password)
    return None
