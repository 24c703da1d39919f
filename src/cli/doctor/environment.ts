/** A variable that changes how genscope behaves. */
export interface EnvironmentVariable {
  readonly name: string;
  /** The value of the variable, if it reveals nothing private; otherwise null. */
  readonly value: string | null;
}

/** Variables with harmless values: switches, file names, or names that the settings show anyway. */
const SHOWN = [
  "GENSCOPE_PROFILE",
  "GENSCOPE_CONFIG_DIR",
  "GENSCOPE_STORE",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "NO_COLOR",
  "FORCE_COLOR",
  "CI",
  "GITHUB_ACTIONS",
] as const;

/** Variables whose value is not shown, because it is or may be a secret or an address in a private network. */
const NAMED = [
  "GENESYSCLOUD_REGION",
  "GENESYSCLOUD_OAUTHCLIENT_ID",
  "GENESYSCLOUD_OAUTHCLIENT_SECRET",
  "GENESYSCLOUD_ACCESS_TOKEN",
  "GENESYS_CLOUD_CLIENT_ID",
  "GENESYS_CLOUD_CLIENT_SECRET",
  "GENSCOPE_STORE_PASSPHRASE",
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
  "NODE_OPTIONS",
  "BROWSER",
  "DBUS_SESSION_BUS_ADDRESS",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "SSH_CONNECTION",
  "TRACEPARENT",
] as const;

/** Returns the variables that are set, by name. */
export function listEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): readonly EnvironmentVariable[] {
  const isSet = (name: string) => (env[name] ?? "") !== "";
  return [
    ...SHOWN.filter(isSet).map((name) => ({ name, value: env[name] ?? null })),
    ...NAMED.filter(isSet).map((name) => ({ name, value: null })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
