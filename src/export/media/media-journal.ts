import { asRecord, asString } from "../../core/json.ts";
import { readEvents } from "../files/journal.ts";
import {
  isFileName,
  isFlag,
  isNumber,
  isOf,
  isText,
  listOf,
  orNull,
  recordOf,
  type Shape,
} from "../files/shape.ts";

/** A finished file of a recording. */
export interface MediaFile {
  /** Id of the recording. */
  readonly id: string;
  /** Name in the directory of its part. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the file on the disk, in hexadecimal. */
  readonly sha256: string;
  readonly contentType: string | null;
}

/** The number of recordings in a part that lack a file for one particular reason. */
export interface MissingMedia {
  readonly code: string;
  /** The reason as text, taken from the first of these recordings. */
  readonly reason: string;
  readonly recordings: number;
  /** Whether no file can be expected later, for example for a deleted recording. */
  readonly isFinal: boolean;
}

/** An event about a part's files; the journal has one per line, in the order they became durable. */
export type MediaEvent =
  | ({ readonly kind: "placed"; readonly seal: string } & MediaFile)
  /** The file is unchanged but its seal differs, for example after a copy. */
  | { readonly kind: "sealed"; readonly id: string; readonly seal: string }
  /** The file is missing or its content was changed. */
  | { readonly kind: "lost"; readonly id: string }
  /** Replaces the counts of earlier events of this kind. */
  | { readonly kind: "counted"; readonly missing: readonly MissingMedia[] };

/** A finished file with its seal. */
export type SealedMedia = MediaFile & { readonly seal: string };

/** The finished files of a part, according to its journal. Later runs keep them. */
export interface MediaState {
  readonly files: ReadonlyMap<string, SealedMedia>;
  readonly missing: readonly MissingMedia[];
}

const MISSING: Shape = { code: isText, reason: isText, recordings: isNumber, isFinal: isFlag };
const SHAPES: ReadonlyMap<string, Shape> = new Map<MediaEvent["kind"], Shape>([
  [
    "placed",
    {
      id: isText,
      name: isFileName,
      bytes: isNumber,
      sha256: isText,
      contentType: orNull(isText),
      seal: isText,
    },
  ],
  ["sealed", { id: isText, seal: isText }],
  ["lost", { id: isText }],
  ["counted", { missing: listOf(recordOf(MISSING)) }],
]);

/** Returns whether a line of a journal is an event. */
export function isMediaEvent(value: unknown): value is MediaEvent {
  const shape = SHAPES.get(asString(asRecord(value)["kind"]) ?? "");
  return shape !== undefined && isOf(shape, value);
}

export function mediaStateOf(events: readonly MediaEvent[]): MediaState {
  const files = new Map<string, SealedMedia>();
  let missing: MediaState["missing"] = [];
  for (const event of events) {
    if (event.kind === "counted") missing = event.missing;
    else changeFiles(files, event);
  }
  return { files, missing };
}

/** Applies an event about one file. */
export function changeFiles(
  files: Map<string, SealedMedia>,
  event: Exclude<MediaEvent, { kind: "counted" }>,
): void {
  if (event.kind === "placed") {
    const { kind: _kind, ...file } = event;
    files.set(event.id, file);
    return;
  }
  const known = files.get(event.id);
  if (event.kind === "lost") files.delete(event.id);
  else if (known !== undefined) files.set(event.id, { ...known, seal: event.seal });
}

/** Returns the files of a part that no worker is processing; empty when the part has no journal. @throws OutputError */
export async function readMediaState(path: string): Promise<MediaState> {
  return mediaStateOf(await readEvents(path, isMediaEvent));
}
