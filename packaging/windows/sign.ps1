# Signs the given files when the environment says how, and says loudly that it does not otherwise.
#   VIBES_DESKTOP_SIGN_CERTIFICATE  the thumbprint of a certificate in the user's store
#   VIBES_DESKTOP_SIGN_TIMESTAMP    the address of a time-stamp service
param([Parameter(Mandatory, ValueFromRemainingArguments)] [string[]] $Files)
$ErrorActionPreference = "Stop"
if (-not $env:VIBES_DESKTOP_SIGN_CERTIFICATE) {
  Write-Warning "NOT SIGNED: VIBES_DESKTOP_SIGN_CERTIFICATE is not set. Windows will warn whoever opens this."
  exit 0
}
$tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Select-Object -Last 1
& $tool sign /sha1 $env:VIBES_DESKTOP_SIGN_CERTIFICATE /fd SHA256 /td SHA256 /tr $env:VIBES_DESKTOP_SIGN_TIMESTAMP $Files
exit $LASTEXITCODE
