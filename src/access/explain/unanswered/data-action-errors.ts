import type { KnownError } from "./known-error.ts";

/** Errors in the templates, contracts and time limits of data actions. */
export const OF_DATA_ACTIONS: readonly KnownError[] = [
  {
    pattern:
      /\bresponse\b[^.\n]{0,60}\b(?:remote|endpoint|web ?service|backend|called service)\b[^.\n]{0,40}\b(?:exceed\w{0,3}|larger than|too large)\b/i,
    isAnswer: true,
    layer: "request",
    meaning:
      "the called service returned more than a data action may receive; permissions and scopes do not matter here",
    remedies: [
      {
        kind: "none",
        summary: "ask the called service for less: fewer fields, a filter or smaller pages",
      },
    ],
  },
  {
    pattern:
      /\bTransform failed to process result\b|\btransformation map failed\b|\b(?:successTemplate|translationMap)\b[^\n]{0,160}\b(?:fail|error|has not been set|invalid)|\bVariable \$\{?\w{1,60}\}? has not been set\b|\b(?:fail\w*|unable|could not|can(?:not|['’]t)|error|exception)\b[^\n]{0,80}\b(?:process|render|pars|evaluat|apply)\w{0,4} (?:the )?response ?template\b|\bUnable to find variable \$/i,
    isAnswer: true,
    layer: "request",
    meaning:
      "the data action got a response, but could not convert it to its output: a path in the translation map or a variable in the success template does not match the response; nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "compare the test's raw response (operation `Execute`) with the JSON paths in the translation map, and give each path a value in `translationMapDefaults`",
        menuPath: "Admin > Integrations > Actions > the action > Setup > Configuration",
      },
    ],
  },
  {
    pattern:
      /\b(?:fail\w*|unable|could not|can(?:not|['’]t)|error|exception)\b[^\n]{0,80}\b(?:process|render|pars|evaluat|apply)\w{0,4} (?:the )?(?:request(?: ?url| body)?|url|header) ?template\b|\brequest(?:Url)?Template\[line\b|\b(?:VelocityException|ParseErrorException|MethodInvocationException|TemplateInitException)\b/i,
    isAnswer: true,
    layer: "request",
    meaning:
      "the data action could not fill its request template, so it called no service: the syntax of a Velocity macro is wrong, or an input has no value; nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "fix the template at the line and column that the message names, close every `#if` and `#foreach` with `#end`, and give optional inputs a default",
        menuPath: "Admin > Integrations > Actions > the action > Setup > Configuration",
      },
    ],
  },
  {
    pattern:
      /\bschema validation (?:failed|error(?! count))|\bfailed (?:json )?schema validation\b|\bdoes not match any allowed primitive type\b|\bobject has missing required properties\b/i,
    isAnswer: true,
    layer: "request",
    meaning:
      "values do not match the action's contract or the body's schema: a field is missing or has the wrong type; permissions and scopes do not matter here",
    remedies: [
      {
        kind: "none",
        summary: "compare the field and type that the message names with the input or output contract",
      },
    ],
  },
  {
    pattern:
      /\bdata ?actions?\b(?:[^.\n]|\.(?=[\w/])){0,160}\b(?:timed out|times out|(?:hits?|reach\w*|runs? into|fail\w*|due to|because of|throws?|gets?|error|end(?:s|ed)|stop(?:s|ped))\b[^.\n]{0,30}\btime-?outs?|time-?out (?:errors?|exceptions?|occur\w*|reached|exceeded))\b|\b(?:timed out|times out|time-?out (?:errors?|exceptions?|occur\w*|in|from|of|on)(?! \d)(?<!\b(?:what|which|the) time-?out of))\b(?:[^.\n]|\.(?=[\w/])){0,120}\bdata ?actions?\b/i,
    isAnswer: false,
    layer: "none",
    meaning:
      "the time limit of the data action or of the flow ran out before the called service responded; nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "compare the called service's response time with the time limits of the data action and of the flow step, then reduce the service's work",
        menuPath: "Admin > Integrations > Actions > the action > Test",
      },
    ],
  },
  {
    pattern: /\bACTION\.PROCESSING\b/,
    isAnswer: true,
    layer: "request",
    meaning:
      "the data action could not process its request or the response that it got; no permission or scope is missing",
    remedies: [
      {
        kind: "none",
        summary: "run the action's test step by step: it shows which step fails, with its input and output",
        menuPath: "Admin > Integrations > Actions > the action > Test",
      },
      {
        kind: "wait",
        summary:
          "if the call publishes a new draft or function, wait until it is processed, then publish it again",
      },
    ],
  },
];
