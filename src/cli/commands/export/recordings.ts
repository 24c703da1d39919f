import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import { UsageError } from "../../../core/errors.ts";
import { RECORDING_KINDS, type RecordingKind } from "../../../export/media/kind.ts";
import type { RecordingChoice } from "../../../export/options/export-question.ts";
import { contradiction } from "../../flags/contradiction.ts";
import type { ExportFlags } from "./flags.ts";
import type { Target } from "./target.ts";

/**
 * Reads the flags that choose recordings.
 * @returns null for a dataset without recordings
 * @throws UsageError for flags that do not fit the dataset or the destination, and for an unknown kind
 */
export function readRecordingChoice(
  dataset: Dataset,
  flags: Pick<ExportFlags, "media" | "what">,
  destination: Target["destination"],
): RecordingChoice | null {
  const { files } = dataset;
  if (files?.kind !== "recordings") {
    const flag = flags.media !== undefined ? "--media" : flags.what !== undefined ? "--what" : null;
    if (flag === null && files === undefined) return null;
    if (flag === null) {
      if (destination?.kind === "directory") return { kinds: null, hasFiles: true };
      throw contradiction(
        `\`${dataset.name}\` are written as separate files next to the list, so they need a directory`,
        "specify a directory with --out PATH",
      );
    }
    throw contradiction(`\`${flag}\` applies to recordings, not to \`${dataset.name}\``, `omit \`${flag}\``);
  }
  const hasFiles = flags.what !== "index";
  if (hasFiles && destination?.kind !== "directory") {
    throw contradiction(
      "recordings are written as separate files next to the list, so they need a directory",
      "specify a directory with --out PATH, or export the list alone: --what index",
    );
  }
  const kinds = flags.media?.flatMap((value) => value.split(",")).map(kindOf) ?? null;
  return { kinds: kinds === null ? null : RECORDING_KINDS.filter((kind) => kinds.includes(kind)), hasFiles };
}

function kindOf(word: string): RecordingKind {
  const found = RECORDING_KINDS.find((kind) => kind === word.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError("usage.flag", `\`${word}\` is not a kind of recording (--media)`, {
    hint: `the kinds are: ${RECORDING_KINDS.join(", ")}`,
  });
}
