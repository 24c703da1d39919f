import { present, writeNote } from "../../../output/present.ts";
import type { Context, GlobalOptions } from "../../context.ts";
import type { ClientsResult } from "./result.ts";
import { viewClients } from "./view.ts";

/** Shows the result on stdout, and on stderr what an emitted role leaves open. */
export async function showClients(
  { io }: Pick<Context, "io">,
  options: GlobalOptions & { readonly output?: "table" | "wide" | undefined },
  result: ClientsResult,
): Promise<void> {
  await present(io, options, result, (shown, style) => viewClients(shown, style, options.output === "wide"));
  for (const note of result.emitted?.notes ?? []) await writeNote(io, options, note);
  const isShared = result.emitted === null && result.organizations.some(({ clients }) => clients.length > 0);
  if (isShared) await writeNote(io, options, UNSEEN);
}

const UNSEEN =
  "`?` and `not seen`: no call was seen, which proves nothing while API usage lacks today or leaves out apps";
