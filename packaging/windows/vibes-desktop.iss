; Inno Setup 6: an installer for one user, without an administrator.
;
;   ISCC /DVersion=0.1.0 packaging\windows\vibes-desktop.iss
;
; Silent: vibes-desktop-0.1.0-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART [/DIR="..."]
; Settings, history and passwords lie elsewhere; neither an upgrade nor the removal touches them.

#ifndef Version
  #error "give the version: /DVersion=..."
#endif

[Setup]
AppId={{6C1D3F7B-0C0B-4B6E-9E53-5A0A6F1C2D47}
AppName=Vibes Desktop
AppVersion={#Version}
AppPublisher=Vibes Desktop
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
CloseApplications=yes
Compression=lzma2/max
DefaultDirName={autopf}\Vibes Desktop
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
MinVersion=10.0.17763
OutputBaseFilename=vibes-desktop-{#Version}-setup
OutputDir=..\..\dist
PrivilegesRequired=lowest
RestartApplications=no
SetupIconFile=vibes-desktop.ico
SolidCompression=yes
UninstallDisplayIcon={app}\vibes-desktop.exe
VersionInfoVersion={#Version}
WizardStyle=modern
#ifdef Sign
SignTool=sign
SignedUninstaller=yes
#endif

[InstallDelete]
; an upgrade in place leaves no file of the former version
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\vibes-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Vibes Desktop"; Filename: "{app}\vibes-desktop.exe"
Name: "{autoprograms}\Vibes Desktop (sandbox)"; Filename: "{app}\vibes-desktop.exe"; Parameters: "--sandbox"

[Registry]
; offered under "Open with", never the default
Root: HKA; Subkey: "Software\Classes\Applications\vibes-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".json"; ValueData: ""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\vibes-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".ndjson"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\vibes-desktop.exe\shell\open\command"; ValueType: string; ValueData: """{app}\vibes-desktop.exe"" ""%1"""; Flags: uninsdeletekey

[Run]
Filename: "{app}\vibes-desktop.exe"; Description: "Start Vibes Desktop"; Flags: postinstall nowait skipifsilent
