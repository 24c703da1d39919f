import type { Layer, Remedy } from "../verdict/verdict.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";

/** An error of the caller's own program, in which no answer of the platform can be seen. */
interface LocalError {
  readonly pattern: RegExp;
  readonly layer: Layer;
  /** One sentence without a full stop. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

const LOCAL_ERRORS: readonly LocalError[] = [
  {
    pattern: /client credentials grant is not supported in a browser/i,
    layer: "context",
    meaning:
      "the SDK refused before it sent anything: client credentials need a secret, which a browser and programs that look like one can't keep",
    remedies: [
      {
        kind: "log-in-as-user",
        summary: "log in as a user with PKCE in a browser, or run the script with Node",
        command: "genscope login --grant pkce",
      },
    ],
  },
  {
    pattern: /missing (?:the )?required parameter:? ["'`]?\w{1,60}["'`]? when calling\b/i,
    layer: "request",
    meaning: "the SDK refused before it sent anything: a parameter of the call is missing",
    remedies: [
      { kind: "none", summary: "pass the parameter that the message names; it can be undefined or empty" },
    ],
  },
  {
    pattern:
      /\breason ["'“]?#<Object>|\bUnhandled\w{0,10}[^\n]{0,80}(?:#<Object>|\[object Object\])|\b(?:Error|err|exception|rejection|failed|catch)\b[^\n]{0,60}\[object Object\]/i,
    layer: "unknown",
    meaning:
      "the program threw an object without printing it, so that status and body of the answer are not in the text",
    remedies: [
      {
        kind: "none",
        summary:
          "catch the error and print `err.status` and `JSON.stringify(err.body)`: the JavaScript SDK rejects with an object that has both",
      },
    ],
  },
];

/** Explains an error of the caller's own program; null when the text has none. */
export function explainUnsent(words: string): Finding | null {
  const found = LOCAL_ERRORS.find(({ pattern }) => pattern.test(words));
  return found === undefined
    ? null
    : {
        ...NOTHING_REFUSED,
        layer: found.layer,
        summary: `the text shows no answer of the platform: ${found.meaning}`,
        claims: [],
        remedies: found.remedies,
      };
}
