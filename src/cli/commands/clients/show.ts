import { present, writeNote } from "../../../output/present.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import type { ClientsResult } from "./result.ts";
import { viewClients } from "./view.ts";

/** Shows the result on stdout, and the open questions of an emitted role on stderr. */
export async function showClients(
  { io }: Pick<Context, "io">,
  options: GlobalOptions & { readonly output?: "table" | "wide" | undefined },
  result: ClientsResult,
): Promise<void> {
  await present(io, options, result, (shown, style) => viewClients(shown, style, options.output === "wide"));
  for (const note of result.emitted?.notes ?? []) await writeNote(io, options, note);
  const isRehearsal = result.organizations.some(({ clients }) =>
    clients.some(({ rehearsal }) => rehearsal !== null),
  );
  if (isRehearsal) {
    await writeNote(io, options, UNREHEARSED);
    return;
  }
  const isShared = result.emitted === null && result.organizations.some(({ clients }) => clients.length > 0);
  if (isShared) await writeNote(io, options, UNSEEN);
}

const UNREHEARSED =
  "a rehearsal covers only the calls that API usage reports; API usage omits the current day and some apps, so other calls may break too";

const UNSEEN =
  "`not seen`: no call of the client was seen. `?`: the finding is not certain. API usage omits the current day and some apps, so neither mark proves that something is unused";
