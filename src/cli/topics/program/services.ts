import type { TopicPage } from "../page.ts";

const READER = `func bearer() (string, error) {
	// small, local, never partial
	token, err := os.ReadFile("/run/genscope/token")
	return "Bearer " + strings.TrimSpace(string(token)), err
}`;

const UNIT = `[Service]
User=reporting
RuntimeDirectory=genscope
EnvironmentFile=/etc/genscope.env
ExecStartPre=genscope token --watch /run/genscope/token --once
ExecStart=genscope token --watch /run/genscope/token
Restart=on-failure`;

const SIDECAR = `securityContext: { runAsUser: 1000 }
containers:
  - name: token
    image: genscope
    args: [token, --watch, /run/genscope/token]
    volumeMounts: [{ name: token, mountPath: /run/genscope }]
  - name: service
    image: reporting
    volumeMounts: [{ name: token, mountPath: /run/genscope, readOnly: true }]
volumes:
  - { name: token, emptyDir: { medium: Memory } }`;

export function servicesPage(): TopicPage {
  return {
    sections: [
      "How to give a long-running service in any language a valid token without delaying its calls.",
      "`genscope token --watch FILE` keeps an access token in a file with mode 0600. It requests the next token before the current one expires, and replaces the file atomically, so a reader never waits and never reads a partial or expired token. When no token can be obtained, genscope removes the file. The service reads the file for each request, here in Go:",
      { lines: READER },
      "genscope prints `ready` when the file has its first token. With `--once`, it exits at that point, which suits a startup script. `--header` writes the whole header line, and `--json` the token with its expiry.",
      "A systemd unit that runs under the service's account. The region, the client's id and its secret are in a file that only root can read:",
      { lines: UNIT },
      "A sidecar in Kubernetes, under the same user id, with a directory in memory that both containers share:",
      { lines: SIDECAR },
      "Client credentials have no refresh token, so nothing has to be stored: a new token replaces the old one. With a browser login, genscope uses the person's refresh token and stores each new one.",
    ],
    examples: [
      ['curl -H "$(genscope token --header)" https://api.mypurecloud.com/api/v2/users/me', "make one call"],
      ["genscope token --watch /run/genscope/token --once", "write a token before a service starts"],
    ],
  };
}
