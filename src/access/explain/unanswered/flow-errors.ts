import type { Remedy } from "../../verdict/verdict.ts";
import type { KnownError } from "./known-error.ts";

/** Errors of Archy and of the jobs that publish and export flows. */
export const OF_FLOWS: readonly KnownError[] = [
  {
    pattern:
      /\b[1-9]\d{0,3} (?:validation )?error(?:s|\(s\))? (?:was |were )?(?:found|detected) in (?:the )?flow\b|\b(?:the )?flow\b[^\n]{0,80}\b(?:has|contains?) (?:[1-9]\d{0,3} )?(?:validation )?errors?\b|\bflow\b[^\n]{0,80}\bcannot be published because (?:of|it)\b[^\n]{0,40}\berrors?\b/i,
    isAnswer: false,
    layer: "request",
    meaning:
      "the flow editor found errors in the flow itself and did not publish it; permissions and scopes do not matter here",
    remedies: [
      {
        kind: "none",
        summary: "correct the actions and settings that the errors name, then publish the flow again",
      },
    ],
  },
  {
    pattern: /\bpre-?processor substitution key\b|\bsubstitution(?:s)? keys?\b[^\n]{0,80}\bnot found\b/i,
    isAnswer: false,
    layer: "request",
    meaning: "the flow file uses a substitution that has no value in this run; nothing was refused",
    remedies: [
      {
        kind: "none",
        summary:
          "pass a value for the key that the message names: `substitutions` of the resource in Terraform, the options file in Archy",
      },
    ],
  },
  {
    pattern: /\bflow publish failed\b[^\n]{0,200}\btracing messages?:\s{0,3}\S/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "a job of the flow editor failed, and its tracing messages can contain the reason: an error in the flow, a missing permission or a missing object",
    remedies: [
      {
        kind: "none",
        summary: "read the complete tracing messages: the last ones usually name the object or the property",
      },
    ],
  },
  {
    pattern: /\bflow publish failed\b|\bno tracing messages? availa?ble\b/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "a job of the flow editor failed, and the text does not contain the reason, which can be an error in the flow, a missing permission or a missing object",
    remedies: (text) => [readMessages(text)],
  },
  {
    pattern: /\barchy exit code\b(?!\W{1,3}(?:(?:is|was) )?0\b)/i,
    isAnswer: false,
    layer: "unknown",
    meaning:
      "Archy ended with an error, and its exit code alone does not show the reason, which can be an error in the flow, a missing permission or a missing object",
    remedies: (text) => [
      { kind: "none", summary: "read the lines before the exit code: they name the object or the property" },
      ...(JOB_ID.test(text) ? [readMessages(text)] : []),
    ],
  },
];

/** Matches the id of a flow editor job: `JobID: 2f6b...`, `job 2f6b... failed`. */
const JOB_ID =
  /\bjob(?: ?id)?\b["']?\s{0,3}[:=]?\s{0,3}["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/i;

/** Returns the call that reads the job's messages, with the job's id when the text contains it. */
function readMessages(text: string): Remedy {
  const [, id = null] = JOB_ID.exec(text) ?? [];
  return id === null
    ? {
        kind: "check-live",
        summary: "read the job's messages; the log of the tool that submitted the job contains its id",
        command: "genscope query GET /api/v2/flows/jobs/JOBID",
      }
    : {
        kind: "check-live",
        summary: "read the job's messages with the credentials that started it",
        command: `genscope query GET /api/v2/flows/jobs/${id}`,
      };
}
