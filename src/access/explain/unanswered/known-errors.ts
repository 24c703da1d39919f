import type { Layer, Remedy } from "../../verdict/verdict.ts";

/** An error whose words show the cause, whether or not an answer of the platform carries them. */
interface KnownError {
  readonly pattern: RegExp;
  /** Whether an answer of the API can carry the words, as it does for a data action. */
  readonly isAnswer: boolean;
  readonly layer: Layer;
  /** One sentence without a full stop. */
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

/** Errors of SDKs, tools and of the platform's own editors. The first that fits counts. */
const KNOWN_ERRORS: readonly KnownError[] = [
  {
    pattern: /client credentials grant is not supported in a browser/i,
    isAnswer: false,
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
    isAnswer: false,
    layer: "request",
    meaning: "the SDK refused before it sent anything: a parameter of the call is missing",
    remedies: [
      { kind: "none", summary: "pass the parameter that the message names; it can be undefined or empty" },
    ],
  },
  {
    pattern:
      /\bexpected (?:aws_)?region to be one of\b|\b(?:invalid|unknown|unsupported|not a valid|unrecognized) (?:aws |genesys(?: cloud)? )?(?:region|environment)\b|\b(?:region|environment) ["'`]?[\w.-]{1,60}["'`]? (?:is (?:not (?:known|valid|supported|recognized)|unknown|invalid)|does(?: not|n't) exist)/i,
    isAnswer: false,
    layer: "host",
    meaning:
      "the tool refused before it sent anything: it does not know this name of a region, and the others that it lists are those that it accepts",
    remedies: [
      {
        kind: "use-host",
        summary:
          "use the spelling that the tool lists: Terraform takes the AWS id with hyphens (`eu-central-1`), the official CLI an id or a domain, the SDKs a domain (`mypurecloud.de`)",
      },
    ],
  },
  {
    pattern:
      /\bTransform failed to process result\b|\btransformation map failed\b|\b(?:successTemplate|translationMap)\b[^\n]{0,160}\b(?:fail|error|has not been set|invalid)|\bVariable \$\{?\w{1,60}\}? has not been set\b/i,
    isAnswer: true,
    layer: "request",
    meaning:
      "the data action got its answer, but could not turn it into its output: a path of the translation map or a variable of the success template does not fit the answer; nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "compare the raw answer of the test (operation `Execute`) with the JSON paths of the translation map, and give each of them a value in `translationMapDefaults`",
        menuPath: "Admin > Integrations > Actions > the action > Setup > Configuration",
      },
    ],
  },
  {
    pattern:
      /\bschema validation (?:failed|error)|\bfailed (?:json )?schema validation\b|\bdoes not match any allowed primitive type\b|\bobject has missing required properties\b/i,
    isAnswer: true,
    layer: "request",
    meaning:
      "values do not fit the contract of the action or the schema of the body: a field is missing or has another type; permissions and scopes do not matter here",
    remedies: [
      {
        kind: "none",
        summary: "compare the field and type that the message names with the input or output contract",
      },
    ],
  },
  {
    pattern: /\bACTION\.PROCESSING\b/,
    isAnswer: true,
    layer: "request",
    meaning:
      "the data action could not process its request or the answer that it got; no permission and no scope is missing",
    remedies: [
      {
        kind: "none",
        summary:
          "run the test of the action step by step: it shows which step fails, with its input and output",
        menuPath: "Admin > Integrations > Actions > the action > Test",
      },
    ],
  },
  {
    pattern: /\blocked by another (?:entity|user|client)\b/i,
    isAnswer: true,
    layer: "request",
    meaning: "another user or client holds the lock of the object; no permission and no scope is missing",
    remedies: [
      {
        kind: "wait",
        summary: "have the holder check the object in, or release its lock, then send it again",
      },
    ],
  },
  {
    pattern: /\bproperty '\w{1,80}' cannot be assigned a value\b/i,
    isAnswer: false,
    layer: "request",
    meaning:
      "the flow file sets a property that can't be set there, in this version of the tool or for this organization; nothing was refused",
    remedies: [{ kind: "none", summary: "remove the property that the message names from the flow file" }],
  },
  {
    pattern: /\bplugin crashed\b|\bPlugin did not respond\b/i,
    isAnswer: false,
    layer: "none",
    meaning: "the process of the provider ended: a fault of the tool, and nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "repeat it with `TF_LOG=DEBUG`, and report the stack trace to the maintainers of the provider",
      },
    ],
  },
  {
    pattern:
      /\bpermissions?\b[^.\n]{0,200}\b(?:do(?:es)?n['o’]t|do(?:es)? not|not) (?:even )?(?:exist|appear|show up|listed|available)\b[^.\n]{0,40}\b(?:org\w{0,12}|role editor|roles?|list)\b/i,
    isAnswer: false,
    layer: "product",
    meaning:
      "a permission that the role editor does not list belongs to a product, license or beta that the organization does not have; a role with everything in it does not help",
    remedies: [
      {
        kind: "buy-product",
        summary:
          "ask for the product, license or beta that the permission belongs to, or leave out what needs it",
      },
    ],
  },
  {
    pattern:
      /\breason ["'“]?#<Object>|\bUnhandled\w{0,10}[^\n]{0,80}(?:#<Object>|\[object Object\])|\b(?:Error|err|exception|rejection|failed|catch)\b[^\n]{0,60}\[object Object\]/i,
    isAnswer: false,
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
  {
    pattern:
      /\b(?:ModuleNotFoundError|ImportError): |\bCannot find (?:module|package) ['"]|\bERR_MODULE_NOT_FOUND\b|\bClassNotFoundException\b|\bNoClassDefFoundError\b|\bCould not load file or assembly\b|\bcannot find package "|\bno required module provides package\b/,
    isAnswer: false,
    layer: "none",
    meaning: "the program did not start: a library that it needs is not installed; nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "install the library; the official SDKs are npm `purecloud-platform-client-v2` and PyPI `PureCloudPlatformClientV2`",
      },
    ],
  },
  {
    pattern:
      /^(?:Uncaught (?:\(in promise\) )?)?(?:TypeError|ReferenceError|SyntaxError|NameError|AttributeError|KeyError|IndexError|NoMethodError)\b: |\b(?:NullPointerException|NullReferenceException|ClassCastException|IllegalArgumentException|InvalidOperationException)\b|\bnil pointer dereference\b|\bpanic: runtime error\b|\b(?:PHP )?Fatal error: Uncaught (?:Error|TypeError)\b/m,
    isAnswer: false,
    layer: "none",
    meaning:
      "an error of the program itself, in the words of its own language; no answer of the platform can be seen",
    remedies: [
      {
        kind: "none",
        summary:
          "print status and body of the last answer before the line that failed: a refused call often leaves the value empty that the program then uses",
      },
    ],
  },
];

/** Returns the error that a text without an answer of the API shows; null when it shows none. */
export function findKnownError(words: string): KnownError | null {
  return KNOWN_ERRORS.find(({ pattern }) => pattern.test(words)) ?? null;
}

/** Returns the error that the message of an answer shows; null when it shows none. */
export function findErrorInAnswer(message: string): KnownError | null {
  return KNOWN_ERRORS.find(({ isAnswer, pattern }) => isAnswer && pattern.test(message)) ?? null;
}
