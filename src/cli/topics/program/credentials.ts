import type { TopicPage } from "../page.ts";

export function credentialsPage(): TopicPage {
  return {
    sections: [
      "Credentials: which grant to use, what the OAuth client needs, and where secrets are stored.",
      [
        [
          "client credentials",
          "The token acts for the OAuth client. The client's roles and divisions decide what it may do, and scopes have no effect. Calls about the caller, such as /users/me, return 400 `not.a.user`. There is no refresh token: genscope requests the next token before the old one expires. For services, CI and exports.",
        ],
        [
          "authorization code",
          "The token acts for a person (PKCE). The person's roles and divisions decide what it may do, together with the OAuth client's scopes where the organization enforces them. Scopes are coarse, such as `analytics:readonly`. There is no client secret. For people at a terminal, and for programs that act for a person.",
        ],
      ],
      "A service that gets a token and then a 403 almost never needs the other grant: its client lacks a role or a division. `genscope check-scopes` shows which.",
      "A browser login needs an OAuth client with the grant type Code Authorization and the redirect URI http://localhost, which allows any port. With `--port 9191`, register exactly http://localhost:9191. Every account on the machine can see command lines, and a browser gets the address that it opens on one. genscope therefore opens a page that only you can read, genscope-login-… in your home directory, which redirects to the login address. Over SSH, in a container or in WSL, use `--no-browser`: it prints the login address, and reads the address that the browser is redirected to.",
      "Before a login replaces a profile's organization, client or grant, it names the old and the new one and asks for confirmation. Without a terminal it exits with 2, unless `--replace` is given. A different `--client-id` implies PKCE unless a secret is given. `genscope logout` revokes the token and erases the profile's secrets.",
      "Stores, chosen with `--store` or GENSCOPE_STORE:",
      [
        ["keychain", "macOS Keychain, Windows Credential Manager, or Secret Service on Linux (the default)"],
        [
          "file",
          "one file, encrypted with a passphrase from a prompt or from GENSCOPE_STORE_PASSPHRASE (scrypt, AES-256-GCM)",
        ],
        ["none", "no storage: credentials come from the environment, or from a login each time"],
      ],
      "Each command asks for the file's passphrase once, and up to two more times after a wrong passphrase. genscope has no agent that keeps the passphrase between commands: such a process would keep the key to every login in memory, within reach of every program that the same user runs. To type no passphrase, use the keychain, which the operating system protects. To type a passphrase once per shell: `read -rs GENSCOPE_STORE_PASSPHRASE && export GENSCOPE_STORE_PASSPHRASE`.",
      "Secrets never fall back to clear text: without a keychain, `login` fails before the browser opens. The keychain times out after 5 s unattended and after 60 s at a terminal. Credentials in the environment take precedence over a profile and leave the keychain untouched. Concurrent commands share one token refresh.",
    ],
    examples: [
      ["genscope login --region eu-central-1 --client-id ID", "log in as yourself"],
      ["genscope login --region eu-central-1 --grant client-credentials", "log in as an OAuth client"],
      ["genscope profile import", "move the profiles of the official CLI to the keychain"],
    ],
  };
}
