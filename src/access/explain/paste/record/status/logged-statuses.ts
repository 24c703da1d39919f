import { REFUSAL_CODE } from "../../body/code-words.ts";
import { NO_COUNT, NUMBER } from "./status-number.ts";

const PHRASES =
  'OK\\b|Created\\b|Accepted\\b|No Content|Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Conflict\\b|Gone\\b|Unprocessable|Too[ _]?Many|Internal Server|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time|Throttled\\b|Request Time|Request Entity|Payload Too|Unsupported Media|Client Error|Server Error|\\{"|\\ue000';
const FIELD =
  "(?:http[ _-]?)?(?:status|response|invocation_status)[ _-]?(?:code)?|http[ _-]?code|(?:rc|(?:ret|return|resp|result)[ _-]?code)(?=\\W{0,3}[:=])|(?:api|auth) error|http(?: error)?(?: code)?|httperror|(?:(?<!exit )|error[_-]?)code|ApiException|apiexception|ClientResponseError|result(?=\\s?[:=]\\s?')|(?:Antwort|respuesta|resposta|r[eé]ponse|risposta|answer|reply)(?=:\\s)";

/** Patterns for the places where programs print a status: fields, arrows, reason phrases and columns. */
export const LOGGED_STATUSES: readonly RegExp[] = [
  new RegExp(`\\bHTTP\\/[\\d.]{1,4}["']?[\\s:,|]{1,3}["']?${NUMBER}`, "gi"),
  new RegExp(
    `\\b(?:${FIELD})\\b["'\\])]?\\s{0,8}(?:[:=>]|=>|is|was|of)?\\s{0,3}[[("']{0,2}${NUMBER}${NO_COUNT}`,
    "gi",
  ),
  new RegExp(
    `(?:->|=>|→|<-{1,2}|←|⇢)\\s{0,3}(?:HTTP(?: error)?[\\s:]{1,2})?[[(*_\`]{0,3}${NUMBER}(?!\\s?(?:ms|[kM]?B)\\b)`,
    "g",
  ),
  new RegExp(`(?<![\\w.:-])${NUMBER}(?:[\\s:,_-]{1,3}|["')]\\s?)[("']{0,2}(?:${PHRASES})`, "gi"),
  // `(403) Forbidden`, `: (403)`, `fine (200)`; Salesforce writes a time as `10:15:02.4 (420)|CALLOUT_RESPONSE`
  new RegExp(`(?:^|[\\s:])\\(${NUMBER}\\)(?!\\|)`, "gm"),
  new RegExp(`(?::\\s|^\\s{0,12})${NUMBER}\\s{1,2}[-–]\\s`, "gm"),
  // A status alone on its line, or at the start of a line before its body or reason phrase. The name of a logger
  // may precede it.
  new RegExp(
    `^[\\s>]{0,8}(?:\\[[\\w -]{1,30}\\]\\s{1,2})?${NUMBER}(?=\\s*$|:\\s|\\s(?:when|while|after|if)\\s|\\s(?:on|for|from)\\s(?:[A-Z]{3,6}\\s|https?:|\\/)|\\s{0,3}(?:[\\ue000{<]|"))`,
    "gm",
  ),
  // `400 organization lacks the product`
  new RegExp(
    `^\\s{0,8}${NUMBER}(?=\\s{1,2}(?:the |your |this )?organi[sz]ation (?:lacks|has no|does not|doesn['’]t|is not)\\b)`,
    "gim",
  ),
  // `400 could.not.delete - message`, `"403 missing.permissions"`
  new RegExp(`(?<![\\w.:/-])${NUMBER}[\\s:*\`]{1,5}${REFUSAL_CODE}`, "g"),
  // `RuntimeError`, then `[409] The object was changed` or `[409] {...}`, as the integration platform Make prints it
  new RegExp(
    `(?:Error\\.?\\s{1,2}|^)\\[${NUMBER}\\](?:(?<=Error\\.?\\s{1,2}\\[\\d{3}\\])\\s|\\s{1,3}(?=\\ue000))`,
    "gm",
  ),
  // `Error: Failed to delete queue: 403`, `genesyscloud_flow.ivr: error updating flow: 403`, as Terraform prints them
  new RegExp(
    `^(?:Error: |\\S{0,80}genesyscloud_\\w{2,80}\\.\\S{1,80}: [^\\n]{0,60}\\b(?:error|failed)\\b)[^\\n]{0,200}: ${NUMBER}\\s*$`,
    "gim",
  ),
  // `error(403, Optional(173 bytes)`, as Swift prints its ErrorResponse
  new RegExp(`\\berror\\(${NUMBER},`, "g"),
  // `1758012345678,412,GET users,403,Forbidden`: a row of JMeter results
  new RegExp(`^\\d{13},\\d{1,7},[^,\\n]{0,200},${NUMBER},`, "gm"),
  // `The HTTP response from the server [404] did not permit the upgrade`, `429 retry-after=12`
  new RegExp(`\\bresponse from the server \\[${NUMBER}\\]`, "g"),
  new RegExp(`(?<![\\w.:/-])${NUMBER}[\\s,;]{1,3}retry[-_ ]?after\\s?[=:]`, "gi"),
  // `headers after 91 ms - 403`
  new RegExp(`\\sms? - ${NUMBER}\\s*$|\\d(?:ms|s) - ${NUMBER}\\s*$`, "gm"),
  // `0/0/12/181/193 403 512 - - ---- "POST /api/v2/...`, `0.001 0.181 0.000 403 403 34 366 "GET https:...`: load
  // balancers log the status between the times and the request
  new RegExp(
    `(?:\\d\\/\\+?\\d{1,9}|\\d\\.\\d{1,6}|-1) ${NUMBER} (?:\\d{1,12}|-) [^"\\n]{0,200}"(?:GET|POST|PUT|PATCH|DELETE|HEAD) `,
    "g",
  ),
  // `http.codes.403: .... 120`, `[403] 120 responses`, as load generators count them
  new RegExp(`\\bhttp\\.codes\\.${NUMBER}:|^\\s{0,8}\\[${NUMBER}\\]\\s{1,8}\\d{1,9} responses`, "gm"),
  new RegExp(`^(?:STATUS|Status)\\s{1,8}:\\s${NUMBER}`, "gm"),
  // `{...}403`: the status that `curl -w "%{http_code}"` prints after the body
  new RegExp(`\\ue001${NUMBER}\\s*$`, "gm"),
  // `403 0.143s https://api...`, `429  18  GET /api/v2/...`: `curl -w` and reports print the status, then times, sizes
  // or counts, then the address
  new RegExp(
    `^[\\s"']{0,8}${NUMBER}["']?(?:[\\s,;|]{1,12}["']?(?:[x×] ?)?[\\d.]{1,12}\\s?(?:ms|s|[kM]?B|bytes|[x×])?["']?){0,5}[\\s,;|]{1,12}["']?(?:[A-Z]{3,6} )?(?:https?:\\/\\/|\\/api\\/v2\\/)`,
    "gm",
  ),
  // `4x 403 GET /api/v2/...`
  new RegExp(
    `^[\\s|]{0,8}(?:\\d{1,7}\\s?[x×]\\s{1,4})?${NUMBER}[\\s|]{1,8}(?:GET|POST|PUT|PATCH|DELETE|HEAD)[\\s|]{1,8}(?:https?:\\/\\/|\\/api\\/v2\\/)`,
    "gm",
  ),
];
