import type { KnownError } from "./known-error.ts";

/** Errors of SDKs, tools and the caller's own program. The most general patterns come last. */
export const OF_PROGRAMS: readonly KnownError[] = [
  {
    pattern: /client credentials grant is not supported in a browser/i,
    isAnswer: false,
    layer: "context",
    meaning:
      "the SDK stopped the call before it sent anything: client credentials need a secret, and no program that runs in a browser can keep a secret",
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
    meaning: "the SDK stopped the call before it sent anything: a parameter of the call is missing",
    remedies: [
      { kind: "none", summary: "pass the parameter that the message names; it can be undefined or empty" },
    ],
  },
  {
    pattern:
      /\bexpected (?:aws_)?region to be one of\b|["'`][\w.-]{1,60}["'`] is not a valid (?:location|region|environment)\b|\b(?:invalid|unknown|unsupported|not a valid|unrecognized) (?:aws |genesys(?: cloud)? )?(?:region|environment)\b|\b(?:region|environment) ["'`]?[\w.-]{1,60}["'`]? (?:is (?:not (?:known|valid|supported|recognized)|unknown|invalid)|does(?: not|n't) exist)/i,
    needs:
      /genesys|purecloud|\bgc\b|\barchy\b|terraform|oauth|\baws_region\b|\bregions?\b[^\n]{0,80}\bone of\b/i,
    isAnswer: false,
    layer: "host",
    meaning:
      "the tool stopped before it sent anything: it does not know this region name, and accepts only the names that it lists",
    remedies: [
      {
        kind: "use-host",
        summary:
          "use the form that the tool lists: Terraform takes the AWS id with hyphens (`eu-central-1`), the official CLI an id or a domain, the SDKs a domain (`mypurecloud.de`)",
      },
    ],
  },
  {
    pattern:
      /\b(?:missing|requires?d?|provide|locate|not found|no|[Pp]lease set|must set|set (?:the|either|both|a))\b[^\n=#]{0,60}\bGENESYSCLOUD_[A-Z_]{3,40}\b(?!\s?[=:])|\bGENESYSCLOUD_[A-Z_]{3,40}\b[^\n]{0,40}\b(?:is|are|was) (?:not set|missing|required|empty)\b(?! only)/,
    isAnswer: false,
    layer: "credentials",
    meaning:
      "the tool sent nothing: it found no credentials or no region in its settings or in the environment",
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "set `GENESYSCLOUD_OAUTHCLIENT_ID`, `GENESYSCLOUD_OAUTHCLIENT_SECRET` and `GENESYSCLOUD_REGION` where the tool runs",
      },
    ],
  },
  {
    pattern: /\bCannot import non-existent remote object\b/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "the provider found no object with this id: the id is wrong, the object was deleted, or it belongs to another organization or region; the text does not show whether the token may see it",
    remedies: [
      {
        kind: "check-live",
        summary:
          "compare the organization and region of the credentials with those of the object, then read it by its id",
        command: "genscope whoami",
      },
    ],
  },
  {
    pattern:
      /\bNo valid credential sources? found\b|\bno EC2 IMDS role found\b|\bUnable to locate credentials\b|\bNoCredentialProviders\b/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "the program found no AWS credentials, which it needs for its own files, such as the Terraform state; no call to the platform was refused",
    remedies: [
      {
        kind: "fix-credentials",
        summary:
          "give the program AWS credentials where it runs: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, a profile, or the pipeline's login",
      },
    ],
  },
  {
    pattern:
      /\bProvider produced (?:inconsistent (?:result|final plan)|an? (?:invalid|unexpected) \w{2,20})\b|\bProvider returned invalid result\b/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "the provider could not read back the object that it had written; nothing was refused, and the object may exist without being in the state",
    remedies: [
      {
        kind: "check-live",
        summary: "read the object in the organization, then repeat the run or import the object",
      },
      {
        kind: "none",
        summary:
          "if it happens again, report it to the provider's maintainers with the output of `TF_LOG=DEBUG`",
      },
    ],
  },
  {
    pattern: /\bError acquiring the state lock\b|\bConditionalCheckFailedException\b/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "Terraform could not lock its state, because another run holds the lock or ended without releasing it; no call to the platform was sent",
    remedies: [
      {
        kind: "wait",
        summary:
          "wait for the run that the lock names, and release the lock with `terraform force-unlock ID` only if that run has ended",
      },
    ],
  },
  {
    pattern:
      /\bcontext deadline exceeded\b(?! \(Client\.Timeout)|\btimeout while waiting for state to become\b/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "the time limit that the program set for the whole step ran out while it waited or retried; the text does not show what the platform returned",
    remedies: [
      {
        kind: "none",
        summary:
          "check whether the object exists before you repeat the step, because a call may have succeeded; then raise the time limit (`timeouts` of the resource), or run fewer calls in parallel",
      },
      {
        kind: "none",
        summary: "repeat it with `TF_LOG=DEBUG`, which shows each response, and paste the last ones",
      },
    ],
  },
  {
    pattern: /\bplugin crashed\b|\bPlugin did not respond\b/i,
    isAnswer: false,
    layer: "none",
    meaning: "the provider process crashed: this is a bug in the tool, and nothing was refused",
    remedies: [
      {
        kind: "none",
        summary: "repeat it with `TF_LOG=DEBUG`, and report the stack trace to the provider's maintainers",
      },
    ],
  },
  {
    pattern:
      /\breason ["'“]?#<Object>|\bUnhandled\w{0,10}[^\n]{0,80}(?:#<Object>|\[object Object\])|\b(?:Error|err|exception|rejection|failed|catch)\b[^\n]{0,60}\[object Object\]/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "the program threw an object without printing it, so the text contains neither the status nor the body of the response",
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
      /^(?:Uncaught (?:\(in promise\) )?)?(?:TypeError|ReferenceError|SyntaxError|NameError|AttributeError|KeyError|IndexError|NoMethodError)\b: |\b(?:NullPointerException|NullReferenceException|ClassCastException|IllegalArgumentException|InvalidOperationException)\b|\bnil pointer dereference\b|\bpanic: runtime error\b|[\w$)\]]{1,80}(?= is not)(?<=[.)\]$_]\w{0,40}|\b[a-z]+[A-Z]\w{0,40}|^[^\n]{0,40}Error:? [\w$]{1,40}) is not a function\b|\b(?:PHP )?Fatal error: Uncaught (?:Error|TypeError)\b/m,
    isAnswer: false,
    layer: "none",
    meaning:
      "an error in the program itself, reported by its language runtime; the text shows no response from the platform",
    remedies: [
      {
        kind: "none",
        summary:
          "print the status and body of the last response before the line that failed: after a refused call, the value that the program then uses is often empty",
      },
    ],
  },
];
