import { inspect } from "node:util";
import type { FailedCall } from "./failures.ts";

/** A program that shows a failed call with its method, address, status and body. */
export interface Wrapper {
  readonly name: string;
  readonly show: (call: FailedCall) => string;
}

const urlOf = ({ host, target }: FailedCall): string => `https://${host}${target}`;
const bodyOf = ({ body }: FailedCall): string => JSON.stringify(body);
const prettyOf = ({ body }: FailedCall, indent = 2): string => JSON.stringify(body, null, indent);
const headersOf = ({ headers }: FailedCall, before = ""): string =>
  Object.entries(headers)
    .map(([name, value]) => `${before}${name}: ${value}`)
    .join("\n");
/** Prints a value as PHP's `print_r` does. */
const printed = (value: unknown, margin = ""): string =>
  typeof value === "object" && value !== null
    ? `stdClass Object\n${margin}(\n${Object.entries(value)
        .map(([name, inner]) => `${margin}    [${name}] => ${printed(inner, `${margin}        `)}\n`)
        .join("")}${margin})\n`
    : String(value);

/** Formats of clients, libraries, consoles and logs. */
export const WRAPPERS: readonly Wrapper[] = [
  {
    name: "curl with -v",
    show: (call) =>
      `* Connected to ${call.host} port 443\n> ${call.method} ${call.target} HTTP/2\n> Host: ${call.host}\n>\n< HTTP/2 ${call.status}\n${headersOf(call, "< ")}\n<\n* Connection #0 to host ${call.host} left intact\n${bodyOf(call)}`,
  },
  {
    name: "HTTPie",
    show: (call) =>
      `${call.method} ${call.target} HTTP/1.1\nHost: ${call.host}\nUser-Agent: HTTPie/3.2\n\n\nHTTP/1.1 ${call.status} ${call.reason}\n${headersOf(call)}\n\n${prettyOf(call, 4)}`,
  },
  {
    name: "the console of Postman",
    show: (call) =>
      `▶ ${call.method} ${urlOf(call)}\n${call.status}\n133 ms\n${call.method} ${call.target} HTTP/1.1\nHost: ${call.host}\n \nHTTP/1.1 ${call.status} ${call.reason}\n${headersOf(call)}\n \n${bodyOf(call)}`,
  },
  {
    name: "the network tab of a browser",
    show: (call) =>
      `Request URL: ${urlOf(call)}\nRequest Method: ${call.method}\nStatus Code: ${call.status} ${call.reason}\nRemote Address: 203.0.113.9:443\n${headersOf(call)}\n\n${bodyOf(call)}`,
  },
  {
    name: "OkHttp",
    show: (call) =>
      `--> ${call.method} ${urlOf(call)}\nAuthorization: ██\n--> END ${call.method}\n<-- ${call.status} ${urlOf(call)} (88ms)\n${headersOf(call)}\n\n${bodyOf(call)}\n<-- END HTTP (${bodyOf(call).length}-byte body)`,
  },
  {
    name: "Feign",
    show: (call) =>
      `feign.FeignException: [${call.status} ${call.reason}] during [${call.method}] to [${urlOf(call)}] [Platform#call()]: [${bodyOf(call)}]\n\tat feign.FeignException.clientErrorStatus(FeignException.java:224)`,
  },
  {
    name: "REST Assured",
    show: (call) =>
      `Request method:\t${call.method}\nRequest URI:\t${urlOf(call)}\nProxy:\t\t\t<none>\nHTTP/1.1 ${call.status} ${call.reason}\n${headersOf(call)}\n\n${prettyOf(call, 4)}`,
  },
  {
    name: "Refit",
    show: (call) =>
      `Refit.ApiException: Response status code does not indicate success: ${call.status} (${call.reason}).\nUri: ${urlOf(call)}\nHttpMethod: ${call.method}\nContent: ${bodyOf(call)}`,
  },
  {
    name: "axios",
    show: ({ method, status, reason, headers, body, ...call }) =>
      `AxiosError: Request failed with status code ${status}\n    at settle (/srv/node_modules/axios/lib/core/settle.js:19:12) ${inspect(
        {
          code: "ERR_BAD_REQUEST",
          config: { method: method.toLowerCase(), url: `https://${call.host}${call.target}` },
          response: { status, statusText: reason, headers, data: body },
        },
        { depth: 5 },
      )}`,
  },
  {
    name: "Python's urllib3 and a line of the program",
    show: (call) =>
      `DEBUG:urllib3.connectionpool:Starting new HTTPS connection (1): ${call.host}:443\nDEBUG:urllib3.connectionpool:https://${call.host}:443 "${call.method} ${call.target} HTTP/1.1" ${call.status} 321\nERROR:root:failed: ${call.status} ${bodyOf(call)}`,
  },
  {
    name: "Go's dump of a request and a response",
    show: (call) =>
      `${call.method} ${call.target} HTTP/1.1\nHost: ${call.host}\nUser-Agent: Go-http-client/1.1\n\n${call.sent ?? ""}\nHTTP/1.1 ${call.status} ${call.reason}\n${headersOf(call)}\n\n${bodyOf(call)}`,
  },
  {
    name: "Guzzle and the whole body",
    show: (call) =>
      `Client error: \`${call.method} ${urlOf(call)}\` resulted in a \`${call.status} ${call.reason}\` response:\n${bodyOf(call).slice(0, 80)} (truncated...)\n\n${bodyOf(call)}`,
  },
  {
    name: "PHP's print_r below its call",
    show: (call) => `${call.method} ${urlOf(call)} returned ${call.status}\n${printed(call.body)}`,
  },
  {
    name: "Faraday's response",
    show: (call) =>
      `the server responded with status ${call.status}\n{:status=>${call.status}, :headers=>{"inin-correlation-id"=>"${call.headers["inin-correlation-id"]}"}, :body=>${JSON.stringify(bodyOf(call))}, :request=>{:method=>:${call.method.toLowerCase()}, :url=>#<URI::HTTPS ${urlOf(call)}>}}`,
  },
  {
    name: "Playwright",
    show: (call) =>
      `Error: apiRequestContext.fetch: ${call.status} ${call.reason}\nResponse text:\n${bodyOf(call)}\nCall log:\n  - → ${call.method} ${urlOf(call)}\n    - accept: */*\n  - ← ${call.status} ${call.reason}\n${headersOf(call, "    - ")}\n`,
  },
  {
    name: "the debug log of Salesforce",
    show: (call) =>
      `10:15:02.0 (120)|CALLOUT_REQUEST|[12]|System.HttpRequest[Endpoint=${urlOf(call)}, Method=${call.method}]\n10:15:02.4 (420)|CALLOUT_RESPONSE|[12]|System.HttpResponse[Status=${call.reason}, StatusCode=${call.status}]\n10:15:02.4 (421)|USER_DEBUG|[14]|ERROR|${bodyOf(call)}`,
  },
  {
    name: "YAML",
    show: (call) =>
      `request:\n  method: ${call.method}\n  url: ${urlOf(call)}\nresponse:\n  status: ${call.status}\n  body: '${bodyOf(call)}'`,
  },
  {
    name: "XML",
    show: (call) =>
      `<failure><method>${call.method}</method><url>${urlOf(call).replaceAll("&", "&amp;")}</url><status>${call.status}</status><response>${bodyOf(call).replaceAll('"', "&quot;")}</response></failure>`,
  },
  {
    name: "a log of JSON lines",
    show: (call) =>
      JSON.stringify({
        ...{ level: 50, time: 1796140502000, msg: "call failed" },
        req: { method: call.method, url: urlOf(call) },
        res: { statusCode: call.status, body: bodyOf(call) },
      }),
  },
  {
    name: "a log line",
    show: (call) =>
      `2026-11-20 10:15:02,120 ERROR [pool-1] c.a.Sync - ${call.method} ${urlOf(call)} failed with ${call.status}: ${bodyOf(call)}`,
  },
];
