import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { UsageError } from "../../../core/errors.ts";
import { writeNote } from "../../../output/present.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import type { QueryTarget } from "./target.ts";

/**
 * Asks before a request that starts work on the platform: a report, an export, an evaluation. A GET is only
 * announced, because the user named it.
 * @throws UsageError `usage.not_a_read` when no question is allowed, or the answer is no
 */
export async function confirmStart(
  { io, prompter }: Pick<Context, "io" | "prompter">,
  options: GlobalOptions,
  { method, path, start }: Pick<QueryTarget, "method" | "path" | "start">,
): Promise<void> {
  if (start === null) return;
  if (method === "GET") {
    await writeNote(io, options, start);
    return;
  }
  const question = `${nameOf({ method, path })} starts work on the platform but changes no data. ${start} Send it?`;
  if ((await prompter(options)?.confirm(question)) === true) return;
  throw new UsageError(
    "usage.not_a_read",
    `\`${nameOf({ method, path })}\` was not sent, because it would start work on the platform`,
    { hint: "run the command at a terminal and confirm it" },
  );
}
