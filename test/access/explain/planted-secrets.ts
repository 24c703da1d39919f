/** Generates pastes that each contain a secret. The same seed produces the same pastes. */
export interface PlantedPaste {
  readonly seed: number;
  readonly kind: string;
  readonly secret: string;
  readonly text: string;
}

type Draw = (below: number) => number;

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX = "0123456789abcdef";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const MIXED_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PASSWORD = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789.~+-_!*#";
const JSON_ERROR = `{"message":"No authentication bearer token specified in authorization header.","code":"authentication.required","status":401,"contextId":"0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"}`;

export function plantSecret(seed: number): PlantedPaste {
  const draw = drawFrom(seed);
  const secret = drawSecret(draw);
  const [kind, plant] = choose(PLACES, draw);
  const [, wrap] = choose(WRAPPINGS, draw);
  return { seed, kind, secret, text: wrap(plant(secret, draw), draw) };
}

/**
 * Returns a part of the secret that the output contains, or null. Finds it in plain text, in base64 at each offset,
 * in URLs and in JSON.
 */
export function leakedPart(secret: string, output: string): string | null {
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...["", "x", "xy"].map((before) =>
      Buffer.from(`${before}${secret}`)
        .toString("base64")
        .replace(/=+$/, "")
        .slice(before === "" ? 0 : 4, -2),
    ),
    Buffer.from(secret).toString("hex"),
  ];
  for (const form of forms) {
    for (let at = 0; at + 12 <= form.length; at += 1) {
      const part = form.slice(at, at + 12);
      if (output.includes(part)) return part;
    }
  }
  return null;
}

function drawSecret(draw: Draw): string {
  const of = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[draw(alphabet.length)] ?? "a").join("");
  const makers = [
    () => of(BASE64URL, 43),
    () => of(BASE64URL, 86),
    () => of(BASE64URL, 14 + draw(20)),
    () => `${of(BASE64, 40)}==`,
    () => of(HEX, 32),
    () => of(HEX, 40),
    () => of(LETTERS, 16 + draw(20)),
    () => of(MIXED_LETTERS, 14 + draw(30)),
    () => of(PASSWORD, 14 + draw(12)),
    () => of("0123456789", 16),
    () => `eyJ${of(BASE64URL, 30)}.${of(BASE64URL, 60)}.${of(BASE64URL, 43)}`,
    () => of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32),
  ];
  return choose(makers, draw)();
}

const escapeAll = (text: string): string =>
  Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const escapeSome = (text: string, draw: Draw): string =>
  Array.from(text, (character) => (draw(3) === 0 ? escapeAll(character) : character)).join("");
const entities = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replaceAll("&#34;", "&quot;");
const basic = (secret: string): string => Buffer.from(`my-client:${secret}`).toString("base64");
const wrapped = (text: string, width: number, glue = "\n"): string =>
  text.match(new RegExp(`.{1,${width}}`, "gs"))?.join(glue) ?? text;

const NAMES = [
  "access_token",
  "client_secret",
  "refresh_token",
  "password",
  "clientSecret",
  "X-Api-Key",
  "code_verifier",
  "id_token",
  "GENESYSCLOUD_OAUTHCLIENT_SECRET",
] as const;

const PLACES: readonly (readonly [string, (secret: string, draw: Draw) => string])[] = [
  [
    "bearer header",
    (s) => `> GET /api/v2/users/me HTTP/2\n> authorization: Bearer ${s}\n>\n< HTTP/2 401\n<\n${JSON_ERROR}`,
  ],
  ["bearer twice", (s) => `Authorization: Bearer ${s}\n401 Unauthorized, the token was ${s}`],
  [
    "basic header",
    (s) =>
      `POST https://login.mypurecloud.com/oauth/token\nAuthorization: Basic ${basic(s)}\n400 {"error":"invalid_client"}`,
  ],
  [
    "header split over lines",
    (s) => `Authorization: Bearer ${wrapped(s, 19)}\n\n403 Forbidden ${JSON_ERROR}`,
  ],
  [
    "header split by a gutter",
    (s) => `│ Error: 403\n│ Authorization: Bearer ${wrapped(s, 17, "\n│ ")}\n│ ${JSON_ERROR}`,
  ],
  [
    "curl -v",
    (s) =>
      `$ curl -v -H "Authorization: Bearer ${s}" https://api.mypurecloud.de/api/v2/users\n> GET /api/v2/users HTTP/2\n> Host: api.mypurecloud.de\n> authorization: Bearer ${s}\n> \n< HTTP/2 403 \n< \n${JSON_ERROR}`,
  ],
  [
    "curl user",
    (s) =>
      `curl -u "abc:${s}" https://login.mypurecloud.com/oauth/token -d grant_type=client_credentials\n{"error":"invalid_client","description":"client not found: ${s}"}`,
  ],
  [
    "curl continued",
    (s) =>
      `curl https://api.mypurecloud.com/api/v2/users \\\n  -H 'Authorization: Bearer ${s}' \\\n  -b 'session=${s}'\n403 Forbidden`,
  ],
  [
    "form body",
    (s, draw) =>
      `POST https://login.mypurecloud.com/oauth/token 400\ngrant_type=client_credentials&${choose(NAMES, draw)}=${encodeURIComponent(s)}\n{"error":"invalid_request"}`,
  ],
  [
    "query string",
    (s, draw) =>
      `GET https://api.mypurecloud.com/api/v2/users?${choose(NAMES, draw)}=${encodeURIComponent(s)}&pageSize=25 403 Forbidden`,
  ],
  [
    "authorization code",
    (s) =>
      `GET http://localhost:8080/callback?code=${encodeURIComponent(s)}&state=${encodeURIComponent(s)} then 400 {"error":"invalid_grant","error_description":"code ${s}"}`,
  ],
  [
    "user in a URL",
    (s) => `https://me:${encodeURIComponent(s)}@api.mypurecloud.com/api/v2/users answered 403 Forbidden`,
  ],
  ["path segment", (s) => `DELETE /api/v2/oauth/tokens/${s} 403 ${JSON_ERROR}`],
  ["unknown path", (s) => `GET https://api.mypurecloud.com/api/v2/usres/${s}/foo answered 404`],
  ["host", (s) => `GET https://${s}.mypurecloud.com/api/v2/users answered 403 Forbidden`],
  [
    "cookie",
    (s) =>
      `Cookie: session=${s}; theme=dark\nSet-Cookie: id=${s}; HttpOnly\nHTTP/1.1 403 Forbidden\n\n${JSON_ERROR}`,
  ],
  [
    "JSON",
    (s, draw) =>
      JSON.stringify({
        [choose(NAMES, draw)]: s,
        status: 403,
        code: "not.authorized",
        message: `You are not authorized ${s}`,
      }),
  ],
  ["JSON message", (s) => JSON.stringify({ status: 403, code: "missing.permissions", message: s })],
  ["JSON code", (s) => JSON.stringify({ status: 403, code: s, message: "You are not authorized" })],
  [
    "JSON context",
    (s) => JSON.stringify({ status: 403, code: "not.authorized", message: "no", contextId: `x${s}` }),
  ],
  [
    "JSON params",
    (s) =>
      JSON.stringify({
        status: 403,
        code: "missing.division.permission",
        message: `You are missing the following permission(s) in division(s): [${s}]`,
        messageParams: { permissions: `[a:${s}:view]`, divisions: s },
      }),
  ],
  [
    "JSON in JSON",
    (s, draw) =>
      JSON.stringify({
        level: "error",
        message: JSON.stringify({
          status: 403,
          code: "not.authorized",
          message: "no",
          headers: { authorization: `Bearer ${s}` },
          [choose(NAMES, draw)]: s,
        }),
      }),
  ],
  [
    "JSON in JSON in JSON",
    (s, draw) =>
      JSON.stringify({
        log: JSON.stringify({
          body: JSON.stringify({
            status: 401,
            code: "bad.credentials",
            message: `${choose(NAMES, draw)}=${s}`,
          }),
        }),
      }),
  ],
  [
    "escaped name",
    (s) => `{"${escapeAll("access_token")}":"${s}","status":403,"code":"not.authorized","message":"${s}"}`,
  ],
  [
    "escaped value",
    (s, draw) =>
      `{"status":403,"code":"not.authorized","message":"token ${escapeSome(s, draw)} refused","access_token":"${escapeSome(s, draw)}"}`,
  ],
  [
    "wholly escaped value",
    (s) => `{"status":403,"code":"not.authorized","message":"${escapeAll(`Bearer ${s}`)}"}`,
  ],
  ["YAML", (s, draw) => `${choose(NAMES, draw)}: ${s}\nstatus: 403\ncode: not.authorized`],
  [
    "YAML block",
    (s) =>
      `client_secret: >-\n  ${wrapped(s, 21, "\n  ")}\nstatus: 403\ncode: not.authorized\nmessage: |\n  ${s}`,
  ],
  [
    ".env",
    (s, draw) =>
      `export ${choose(NAMES, draw).toUpperCase()}="${s}"\nGENESYSCLOUD_REGION=eu-central-1\nHTTP 403 Forbidden for GET /api/v2/users`,
  ],
  [
    "PowerShell",
    (s) =>
      `$secret = ConvertTo-SecureString "${s}" -AsPlainText -Force\nInvoke-RestMethod -Headers @{ Authorization = "Bearer ${s}" } -Uri https://api.mypurecloud.com/api/v2/users\nInvoke-RestMethod : The remote server returned an error: (403) Forbidden.`,
  ],
  [
    "Python",
    (s) =>
      `requests.get("https://api.mypurecloud.com/api/v2/users", headers={'Authorization': 'Bearer ${s}'}, auth=("id", "${s}"))\nApiException: (403)\nReason: Forbidden\nHTTP response body: ${JSON_ERROR}`,
  ],
  [
    "Java",
    (s) =>
      `ApiException{statusCode=403, headers={Authorization=[Bearer ${s}]}, body='${JSON_ERROR}', accessToken=${s}}`,
  ],
  [
    "Go map",
    (s) =>
      `map[Authorization:[Bearer ${s}] Cookie:[a=${s}]] API Error: 403 - You are not authorized ${s} (0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90)`,
  ],
  [
    "Node inspect",
    (s) =>
      `{ status: 403, code: 'not.authorized', config: { headers: { Authorization: 'Bearer ${s}' }, auth: { username: 'a', password: '${s}' } }, message: 'refused ${s}' }`,
  ],
  [
    "headers in base64",
    (s) =>
      `headers ${Buffer.from(`authorization: Bearer ${s}`).toString("base64")} then 403 Forbidden GET /api/v2/users`,
  ],
  [
    "raw body",
    (s) =>
      JSON.stringify({
        statusCode: 403,
        rawBody: Buffer.from(
          JSON.stringify({ code: "not.authorized", message: `secret ${s}`, access_token: s }),
        ).toString("base64"),
      }),
  ],
  [
    "decimal body",
    (s) =>
      `rawBody: [${[...Buffer.from(`{"code":"not.authorized","message":"${s}","status":403}`)].join(" ")}]`,
  ],
  ["HAR", (s) => har(s, `{"status":403,"code":"not.authorized","message":"${s}","access_token":"${s}"}`)],
  [
    "HAR in base64",
    (s) =>
      har(
        s,
        Buffer.from(`{"status":403,"code":"not.authorized","message":"${s}"}`).toString("base64"),
        "base64",
      ),
  ],
  [
    "percent-encoded JSON",
    (s) =>
      `GET /api/v2/users 403 body=${encodeURIComponent(JSON.stringify({ access_token: s, message: s }))}`,
  ],
  [
    "twice percent-encoded",
    (s) =>
      `403 Forbidden GET https://api.mypurecloud.com/api/v2/users?next=${encodeURIComponent(encodeURIComponent(`/x?access_token=${s}`))}`,
  ],
  [
    "HTML entities",
    (s) => `403 Forbidden GET /api/v2/users ${entities(`{"access_token":"${s}","message":"${s}"}`)}`,
  ],
  ["HTML page", (s) => `<html><head><title>Denied ${s}</title></head><body>Bearer ${s}</body></html>`],
  [
    "prose",
    (s) =>
      `I get 403 on GET /api/v2/users. My token is ${s} and the client secret (${s}) works elsewhere. Scope ${s}:readonly is set.`,
  ],
  ["permission-like", (s) => `permission a:${s}:view is missing, scope analytics:${s} too; 403 Forbidden`],
  ["bare word", (s) => `${s}\n403 Forbidden\n${JSON_ERROR}`],
  [
    "correlation id",
    (s) =>
      `HTTP/2 403\nININ-Correlation-Id: ${s}\nretry-after: ${s}\nx-cache: ${s}\nlocation: /${s}\n\n${JSON_ERROR}`,
  ],
  ["network error", (s) => `Error: getaddrinfo ENOTFOUND ${s}.example.com while sending Bearer ${s}`],
  ["command flags", (s) => `gc --accesstoken ${s} --clientsecret=${s} users list\n403 Forbidden`],
  [
    "token endpoint",
    (s) =>
      JSON.stringify({
        error: "invalid_grant",
        error_description: `refresh token ${s} is revoked`,
        error_uri: `https://x/?token=${s}`,
      }),
  ],
  [
    "XML",
    (s) =>
      `<error><code>403</code><token>${s}</token><message>Forbidden ${s}</message></error> GET /api/v2/users`,
  ],
  ["CSV", (s) => `time,status,token,path\n2026-10-01T10:00:00Z,403,${s},/api/v2/users\n`],
  [
    "SAML",
    (s) =>
      `SAMLResponse=${encodeURIComponent(Buffer.from(s).toString("base64"))}&RelayState=${s} 403 Forbidden GET /api/v2/users`,
  ],
];

const WRAPPINGS: readonly (readonly [string, (text: string, draw: Draw) => string])[] = [
  ["as it is", (text) => text],
  ["as it is", (text) => text],
  ["as it is", (text) => text],
  ["Windows lines", (text) => text.replaceAll("\n", "\r\n")],
  [
    "log prefix",
    (text) =>
      text
        .split("\n")
        .map((line) => `2026-10-01T10:00:00.123Z ERROR app - ${line}`)
        .join("\n"),
  ],
  [
    "container prefix",
    (text) =>
      text
        .split("\n")
        .map((line) => `web-1  | ${line}`)
        .join("\n"),
  ],
  ["JSON string", (text) => JSON.stringify({ log: text, stream: "stderr" })],
  ["JSON string twice", (text) => JSON.stringify({ message: JSON.stringify({ detail: text }) })],
  ["markdown fence", (text) => `It fails:\n\`\`\`\n${text}\n\`\`\`\nwhy?`],
  [
    "quoted mail",
    (text) =>
      text
        .split("\n")
        .map((line) => `> ${line}`)
        .join("\n"),
  ],
  ["cut", (text, draw) => text.slice(0, Math.ceil((text.length * (50 + draw(50))) / 100))],
  [
    "colored",
    (text) =>
      text
        .split("\n")
        .map((line) => `\u001b[31m${line}\u001b[0m`)
        .join("\n"),
  ],
  ["wrapped at 60", (text) => wrapped(text, 60)],
];

function har(secret: string, body: string, encoding?: string): string {
  return JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method: "POST",
            url: `https://api.mypurecloud.com/api/v2/users?access_token=${encodeURIComponent(secret)}`,
            headers: [
              { name: "Authorization", value: `Bearer ${secret}` },
              { name: "X-Trace", value: secret },
            ],
            cookies: [{ name: "sid", value: secret }],
            postData: { mimeType: "application/json", text: JSON.stringify({ password: secret }) },
          },
          response: {
            status: 403,
            headers: [
              { name: "Set-Cookie", value: secret },
              { name: "ININ-Correlation-Id", value: secret },
            ],
            content: { text: body, ...(encoding === undefined ? {} : { encoding }) },
          },
        },
      ],
    },
  });
}

function choose<Item>(items: readonly Item[], draw: Draw): Item {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

/** Creates a generator of evenly distributed, reproducible numbers (mulberry32). */
function drawFrom(seed: number): Draw {
  let state = (seed * 0x9e3779b1) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
