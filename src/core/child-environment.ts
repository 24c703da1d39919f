export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Environment variables that a child process may see. All others are withheld, because they can contain credentials and
 * passphrases. The GitHub Action's install script keeps its own list of the variables that npm needs.
 */
export const CHILD_VARIABLES: readonly string[] = [
  // Programs and their files
  ...["PATH", "PATHEXT", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TMP", "TEMP", "LD_LIBRARY_PATH"],
  // Language and time
  ...["LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_COLLATE", "LC_NUMERIC", "LC_TIME", "TZ"],
  // Desktop session, for opening a browser or a keychain dialog
  ...["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL"],
  ...["XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"],
  ...["XDG_CONFIG_DIRS", "XDG_DATA_DIRS", "XDG_CURRENT_DESKTOP", "XDG_SESSION_ID", "XDG_SESSION_TYPE"],
  ...["XDG_SESSION_CLASS", "XDG_SESSION_DESKTOP", "XDG_SEAT", "XDG_VTNR", "DESKTOP_SESSION"],
  ...["KDE_FULL_SESSION", "KDE_SESSION_VERSION", "GNOME_DESKTOP_SESSION_ID", "TERM"],
  // macOS
  ...["__CF_USER_TEXT_ENCODING", "SECURITYSESSIONID"],
  // Windows, and Linux on Windows (WSL)
  ...[
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "COMSPEC",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "USERPROFILE",
  ],
  ...["PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432", "COMMONPROGRAMFILES", "ALLUSERSPROFILE", "PUBLIC"],
  ...["HOMEDRIVE", "HOMEPATH", "USERNAME", "USERDOMAIN", "COMPUTERNAME", "SESSIONNAME", "OS", "PSMODULEPATH"],
  ...["PROCESSOR_ARCHITECTURE", "NUMBER_OF_PROCESSORS", "WSL_DISTRO_NAME", "WSL_INTEROP", "WSLENV"],
  // Lets an editor on a remote machine open the browser of the local one
  "VSCODE_IPC_HOOK_CLI",
];

/** Proxy variables that a browser needs. User and password are removed from their values. */
const PROXY_VARIABLES: readonly string[] = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

const ALLOWED = new Set(CHILD_VARIABLES);
const PROXIES = new Set(PROXY_VARIABLES);

/** Returns the part of an environment that a child process may see. Ignores the case of names, as Windows does. */
export function childEnvironment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]): (readonly [string, string])[] => {
    const upper = name.toUpperCase();
    if (value === undefined) return [];
    if (PROXIES.has(upper)) return [[name, value.replace(/^([a-z]+:\/\/)?.*@/i, "$1")]];
    return ALLOWED.has(upper) ? [[name, value]] : [];
  });
  return Object.fromEntries(kept);
}
