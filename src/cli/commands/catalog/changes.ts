import { type Announcement, readAnnouncements } from "../../../catalogue/changes/announcement.ts";
import {
  hasPassed,
  type Period,
  selectAnnouncements,
} from "../../../catalogue/changes/select-announcements.ts";
import type { Provenance } from "../../../catalogue/facts/operation.ts";
import { readData } from "../../../catalogue/facts/packaged-file.ts";
import { UsageError } from "../../../core/errors.ts";
import { plural } from "../../../core/text.ts";
import type { Block, TreeNode } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Style } from "../../../output/style.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { CatalogGroup } from "./group.ts";

/** One announced change, and whether its date has passed. */
export interface AnnouncedChange extends Announcement {
  readonly hasPassed: boolean;
}

/** The JSON contract of `catalog changes`. */
export interface CatalogChangesResult extends Period {
  readonly schema: "genscope/catalog-changes/v1";
  /** Source of the announcements, and the date on which they were collected. */
  readonly provenance: Provenance;
  readonly changes: readonly AnnouncedChange[];
}

/** Maximum number of operations per change in the view for a person. */
const MOST_SHOWN = 5;

/** `catalog changes`: lists the platform's announcements by date. */
export function registerChanges(catalog: CatalogGroup, context: Context): void {
  catalog
    .command("changes")
    .summary("list announced enforcements, deprecations and removals by date")
    .description(
      "list announced enforcements, deprecations and removals by date\n\nThe dates are those of the announcements; the platform may have moved them since. Changes without a date come last.",
    )
    .option("--since <date>", "first day or month, 2026-03-01 or 2026-03, or `today`")
    .option("--until <date>", "last day or month")
    .configureHelp(
      helpFooter(
        [
          ["genscope catalog changes --since today", "what breaks next?"],
          ["genscope catalog changes --since 2026-01 --until 2026-06 --json", "half a year, for a script"],
        ],
        ["0 done, even with no results", "2 not a date"],
      ),
    )
    .action(async ({ since, until }, command) => {
      const options = command.optsWithGlobals();
      const today = new Date(context.clock.now()).toISOString().slice(0, 10);
      const period = { since: readDate(since, "--since", today), until: readDate(until, "--until", today) };
      const result = catalogChanges(period, today);
      await present(context.io, options, result, viewCatalogChanges);
      const { changes, provenance } = result;
      await writeNote(
        context.io,
        options,
        `${plural(changes.length, "change")} in the announcements collected until ${provenance.date}`,
      );
    });
}

/** Returns the announced changes of a period. */
export function catalogChanges(period: Period, today: string): CatalogChangesResult {
  const { provenance, announcements } = readAnnouncements(readData("announcements.txt"));
  const changes = selectAnnouncements(announcements, period).map((announcement) => ({
    ...announcement,
    hasPassed: hasPassed(announcement, today),
  }));
  return { schema: "genscope/catalog-changes/v1", provenance, ...period, changes };
}

/** @throws UsageError `usage.flag` for anything but a day, a month or `today` */
function readDate(text: string | undefined, flag: string, today: string): string | null {
  if (text === undefined) return null;
  if (text.trim().toLowerCase() === "today") return today;
  const [date] = /^\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/.exec(text.trim()) ?? [];
  if (date !== undefined) return date;
  throw new UsageError("usage.flag", `\`${text}\` is not a day or month (${flag})`, {
    hint: `write it as 2026-03-01 or 2026-03: ${flag} 2026-03`,
  });
}

export function viewCatalogChanges({ changes }: CatalogChangesResult, style: Style): readonly Block[] {
  return changes.length === 0
    ? []
    : [{ kind: "tree", nodes: changes.map((change) => viewChange(change, style)) }];
}

function viewChange(change: AnnouncedChange, style: Style): TreeNode {
  const { date, kind, statement, operations, permissions, source, disputedDate, supersededBy } = change;
  const when = date ?? "no date";
  const head = change.hasPassed ? style.faint(when) : style.strong(when);
  const shown = operations.slice(0, MOST_SHOWN);
  const lines = [
    ...shown,
    ...(operations.length > shown.length ? [`and ${operations.length - shown.length} more operations`] : []),
    ...(permissions.length === 0 ? [] : [permissions.join(", ")]),
    ...(disputedDate === null ? [] : [`another source gives ${disputedDate}`]),
    ...(supersededBy === null ? [] : [`replaced by the date ${supersededBy}`]),
    style.faint(`${source}${change.isConfirmed ? "" : "; inferred"}`),
  ];
  return { text: `${head}  ${kind}: ${statement}`, children: lines.map((text) => ({ text })) };
}
