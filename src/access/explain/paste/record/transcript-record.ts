import { type Exchange, sightingsOfExchange } from "../exchange/exchange.ts";
import { readTranscript } from "../exchange/http-transcript.ts";
import { isStatusLine } from "../exchange/transcript-lines.ts";
import { type Failure, NO_FAILURE_DETAILS } from "../failure.ts";
import { readRequest } from "../request/read-request.ts";
import { failed, isNamed, type Sighting } from "../sighting.ts";
import { readConnectionFailure } from "./connection-failure.ts";
import { hasMark, type MaskedText, withoutMarks } from "./masked-text.ts";

/** Maximum number of characters searched for the error that ended a transcript. */
const LONGEST_END = 200_000;

/** Reads a transcript of HTTP messages and the lines around it: its request, and the error at its end. */
export function readTranscriptRecord(text: string, { unmask }: MaskedText): readonly Sighting[] {
  const exchanges = readTranscript({ text, hasBody: hasMark, unmask });
  return closeLast(withRequestBefore(exchanges, text).flatMap(sightingsOfExchange), text);
}

/** Adds to the first response of a transcript the request that the lines before it describe, such as a command. */
function withRequestBefore(exchanges: readonly Exchange[], text: string): readonly Exchange[] {
  const [first, ...others] = exchanges;
  if (first === undefined || first.request !== null) return exchanges;
  const lines = text.split("\n");
  const request = readRequest(withoutMarks(lines.slice(0, lines.findIndex(isStatusLine)).join("\n")));
  return isNamed(request) ? [{ ...first, request }, ...others] : exchanges;
}

/** Adds the connection failure that ended a transcript to its last request, which has no response. */
function closeLast(sightings: readonly Sighting[], text: string): readonly Sighting[] {
  const open = sightings.at(-1);
  if (open?.outcome !== "unseen") return sightings;
  const lines = text.split("\n");
  const after = withoutMarks(lines.slice(lines.findLastIndex(isStatusLine) + 1).join("\n"));
  const around: Failure = { ...NO_FAILURE_DETAILS, form: "words", request: open.request };
  const failure = readConnectionFailure(after.slice(0, LONGEST_END), around);
  return failure === null ? sightings : [...sightings.slice(0, -1), failed([failure], open.tags)];
}
