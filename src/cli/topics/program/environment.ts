import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

const VARIABLES: readonly HelpRow[] = [
  ["GENESYSCLOUD_REGION", "region, as in `genscope help regions`"],
  ["GENESYSCLOUD_OAUTHCLIENT_ID", "id of the OAuth client"],
  ["GENESYSCLOUD_OAUTHCLIENT_SECRET", "secret of the OAuth client, for client credentials"],
  ["GENESYSCLOUD_ACCESS_TOKEN", "access token; takes precedence over every other credential"],
  ["GENSCOPE_PROFILE", "profile to use without --profile"],
  ["GENSCOPE_STORE", "store of logins: keychain, file or none"],
  ["GENSCOPE_STORE_PASSPHRASE", "passphrase for the encrypted file"],
  ["GENSCOPE_CONFIG_DIR", "directory of the profiles, the encrypted file and the updated catalog"],
  ["BROWSER", "command that opens the login page, e.g. firefox --new-window %s"],
  ["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "proxy for requests, and the hosts that need none"],
  ["NODE_EXTRA_CA_CERTS, SSL_CERT_FILE", "files of additional certificate authorities"],
  ["NO_COLOR, FORCE_COLOR", "turn color on stdout and stderr off or on"],
  [
    "CI, GITHUB_ACTIONS",
    "set by CI systems: no animated progress, and a short wait for the keychain; GITHUB_ACTIONS also switches on the annotations of `check-scopes`",
  ],
  ["TRACEPARENT", "W3C trace context; sent with every request when it is set"],
];

export function environmentPage(): TopicPage {
  return {
    sections: [
      "Environment variables. Flags take precedence over environment variables, which take precedence over the profile. `genscope whoami` shows the source of each value. The official tools use the same names for the region and the credentials.",
      VARIABLES,
      "BROWSER receives the `file:` URL of a page that redirects to the login, because other accounts can see command lines.",
      "A secret comes from the environment, standard input or the credential store, never from a flag.",
    ],
    examples: [["genscope whoami", "show the token's owner and the source of every value"]],
  };
}
