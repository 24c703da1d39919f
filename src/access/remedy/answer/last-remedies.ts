import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import type { RefusalFacts } from "../../verdict/refusal-facts.ts";
import type { Remedy } from "../../verdict/verdict.ts";
import { allOf } from "../../verdict/wording.ts";
import { readNamedFields } from "./named-fields.ts";

/** Matches messages in a 409 about an object that other objects refer to. Many services send them. */
const REFERENCED =
  /\b(?:referenced|used|in use|assigned|required|needed|linked)\b[^.\n]{0,40}\bby\b|\bin use\b/i;
/** Matches messages about a maximum number of objects or entries: of the organization, of an object or of a request. */
const FULL =
  /\bmaximum number of [\w -]{2,60}(?:\(\d{1,7}\) )?\b[^.\n]{0,20}(?:reached|exceeded)\b|\blimit (?:of|on) (?:the )?(?:number of )?[\w -]{2,60}\b(?:reached|exceeded)\b/i;
/** Matches messages about a number or an address that belongs to another object: `already assigned to ...`. */
const TAKEN = /\balready (?:assigned|associated|linked|mapped|attached) (?:to|with)\b/i;
/** Matches messages about an object that already exists. */
const PRESENT =
  /\balready (?:exists?|in use|taken|registered|defined)\b|\bduplicate\b|\bmust be unique\b|\bnot unique\b|\b(?:name|key)\b[^.\n]{0,20}\bconflict/i;
/**
 * Matches messages about an object that can't be changed or deleted in its current state. Its owner can change that
 * state.
 */
const IN_USE_NOW =
  /\b(?:can ?not|can['’]t|could not|unable to|must not|may not)\b[^.\n]{0,60}\b(?:delet|remov|chang|updat|modif|edit)\w{0,4}\b[^.\n]{0,60}\b(?:running|active|enabled|in progress|published|on|dialing|started)\b|\b(?:must|has to|needs to) be (?:stopped|disabled|turned off|deactivated|off|inactive|unpublished)\b/i;
/** Matches messages about a temporary condition. */
const PASSING =
  /\b(?:currently )?locked\b|\bin a state that\b|\bat this (?:time|moment)\b|\bwhile\b[^.\n]{0,60}\b(?:exists?|active|running|in progress|connected)\b|\btry again (?:later|in|after)\b|\btemporar/i;

/** Matches messages about an object that another user or program holds. */
const HELD =
  /\b(?:locked|in use|being (?:edited|modified|updated)|checked out|held)\b[^.\n]{0,40}\bby\b[^.\n]{0,40}\b(?:another|other|different) (?:user|process|session|operation|request|client)/i;

/** Returns remedies for a refusal without more specific ones, because every refusal needs a next step. */
export function lastRemedies({ status, message, operation, words }: RefusalFacts): readonly Remedy[] {
  const fields = fieldRemedies({ operation, words });
  if (status === 409) {
    return [...fields, { kind: "none", summary: conflictRemedy({ message, words, operation }) }];
  }
  if (message === null) {
    if (fields.length > 0) return fields;
    return [
      {
        kind: "ask-support",
        summary:
          "print the whole response, with its body and correlation id, and paste it: it names the reason",
      },
    ];
  }
  if (FULL.test(message)) return [{ kind: "none", summary: MAKE_ROOM }];
  if (TAKEN.test(message)) return [{ kind: "none", summary: RELEASE_IT }];
  if (PRESENT.test(message)) return [{ kind: "none", summary: LOOK_FOR_IT }];
  if (REFERENCED.test(message)) return [{ kind: "none", summary: REMOVE_REFERENCES }];
  if (IN_USE_NOW.test(message)) return [{ kind: "none", summary: STOP_IT }];
  if (PASSING.test(message)) return [{ kind: "wait", summary: "wait a moment and send the request again" }];
  if (fields.length > 0) return fields;
  return [
    {
      kind: "use-operation",
      summary: "change the part of the request that the message names",
      ...(operation === null ? {} : { command: `genscope catalog show "${nameOf(operation)}"` }),
    },
  ];
}

/** Returns what to check when the details of the response point at fields of the request. */
function fieldRemedies({ operation, words }: Pick<RefusalFacts, "operation" | "words">): readonly Remedy[] {
  const fields = readNamedFields(words);
  if (fields.length === 0) return [];
  return [
    {
      kind: "use-operation",
      summary: `check the ${fields.length === 1 ? "field" : "fields"} ${allOf(fields)} of the request, which the response points at`,
      ...(operation === null ? {} : { command: `genscope catalog show "${nameOf(operation)}"` }),
    },
  ];
}

/**
 * Returns the message of a 409, or the sentences of the text that can describe the conflict: those with its status or
 * name, and the ones directly after them. A version elsewhere in the text is often that of a program.
 */
export function conflictText({ message, words }: Pick<RefusalFacts, "message" | "words">): string {
  if (message !== null) return message;
  const sentences = words.split(/(?<=[.!?])\s+|\n+/);
  return sentences
    .filter((sentence, index) => CONFLICT.test(sentence) || CONFLICT.test(sentences[index - 1] ?? ""))
    .join("\n");
}

const CONFLICT = /(?<![\w.:-])409\b|\bconflict/i;

/** Returns whether a message identifies the cause of a conflict: a reference, a duplicate or a temporary state. */
export function saysConflict(message: string): boolean {
  return REFERENCED.test(message) || PASSING.test(message) || PRESENT.test(message);
}

function conflictRemedy(refusal: Pick<RefusalFacts, "message" | "words" | "operation">): string {
  const message = conflictText(refusal);
  if (HELD.test(message)) return WAIT_FOR_IT;
  if (REFERENCED.test(message)) return REMOVE_REFERENCES;
  if (IN_USE_NOW.test(message)) return STOP_IT;
  if (PASSING.test(message)) return WAIT_FOR_IT;
  if (TAKEN.test(message) || PRESENT.test(message)) return LOOK_FOR_IT;
  const isNamed = readNamedFields(refusal.words).some((field) => field === "name" || field === "key");
  if (isNamed || isCreation(refusal.operation)) return LOOK_FOR_IT;
  return FIND_CONFLICT;
}

/** Returns whether an operation creates an object, which conflicts with one of the same name. */
function isCreation(operation: RefusalFacts["operation"]): boolean {
  return operation?.method === "POST" && !operation.path.includes("{");
}

const FIND_CONFLICT =
  "find what the change conflicts with: an object with the same name or key, a newer version of the object, or an operation that is still running; the message of the response names it";
const REMOVE_REFERENCES =
  "remove the references to the object first: the message, or the list of the object's dependents, names them";
const MAKE_ROOM =
  "stay within the limit that the message names: remove what is no longer used, or split the object or request; if the limit applies to the organization, ask Genesys for a higher limit";
const RELEASE_IT =
  "release the value that the message names (such as a phone number) from the object that uses it, or choose a different value; that object may be in a division that the token cannot read";
const STOP_IT =
  "bring the object into a state that allows the change, for example turn it off, then send the request again";
const WAIT_FOR_IT =
  "wait until the object is free or has reached its next state, then send the request again";
const LOOK_FOR_IT =
  "look for an object with the same name or key, possibly in a division that the token cannot read; read it, or import it into the tool that manages it";
