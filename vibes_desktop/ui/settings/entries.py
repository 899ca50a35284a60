"""What stands in the profile form, as typed."""

from __future__ import annotations

from dataclasses import dataclass, field

from vibes_desktop.accounts.enrolment import TypedSecrets
from vibes_desktop.model.profile import (
    ApiVersion,
    ClientCertificate,
    Profile,
    ProfileId,
    ProxyMode,
    Region,
    Safety,
)


@dataclass(frozen=True, slots=True)
class FormEntries:
    """Texts and choices of the form, unchecked. An empty password keeps the one that is stored."""

    name: str = ""
    region: Region | None = Region.US  # None: another address
    base_url: str = ""
    company_key: str = ""
    username: str = ""
    safety: Safety = Safety.PRODUCTION
    api_version: ApiVersion = ApiVersion.V2
    phone_region: str = "US"
    proxy_mode: ProxyMode = ProxyMode.SYSTEM
    proxy_url: str = ""
    certificate_file: str = ""
    key_file: str = ""
    password: str = field(default="", repr=False)
    key_passphrase: str = field(default="", repr=False)

    @classmethod
    def of(cls, profile: Profile) -> FormEntries:
        """Fill the form with a profile; secrets are never shown back."""
        region = next((each for each in Region if each.base_url == profile.base_url), None)
        certificate = profile.client_certificate
        return cls(
            name=profile.name,
            region=region,
            base_url="" if region else profile.base_url,
            company_key=profile.company_key,
            username=profile.username,
            safety=profile.safety,
            api_version=profile.api_version,
            phone_region=profile.phone_region,
            proxy_mode=profile.proxy_mode,
            proxy_url=profile.proxy_url or "",
            certificate_file=certificate.certificate_file if certificate else "",
            key_file=certificate.key_file if certificate else "",
        )

    @property
    def address(self) -> str:
        """The base URL that is meant."""
        return self.region.base_url if self.region is not None else self.base_url

    @property
    def secrets(self) -> TypedSecrets:
        """What was typed into the secret fields."""
        return TypedSecrets(self.password, self.key_passphrase)

    def profile(self, profile_id: ProfileId) -> Profile:
        """Make the profile that was typed, unchecked."""
        files = (self.certificate_file, self.key_file)
        return Profile(
            profile_id,
            self.name,
            self.company_key,
            self.address,
            self.username,
            safety=self.safety,
            api_version=self.api_version,
            phone_region=self.phone_region,
            proxy_mode=self.proxy_mode,
            proxy_url=self.proxy_url,
            client_certificate=ClientCertificate(*files) if any(files) else None,
        )
