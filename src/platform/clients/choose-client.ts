import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import type { ListedClient } from "./listed-client.ts";

const MOST_OFFERED = 3;

/**
 * Finds the client with this id or name, ignoring case. Returns the input itself as an id when the clients can't be
 * listed.
 * @throws UsageError `usage.unknown_client` when no client matches or several do
 */
export function chooseClient(clients: readonly ListedClient[] | null, text: string): string {
  if (clients === null) return text;
  const wanted = text.toLowerCase();
  const byId = clients.find(({ id }) => id.toLowerCase() === wanted);
  if (byId !== undefined) return byId.id;
  const named = clients.filter(({ name }) => name?.toLowerCase() === wanted);
  const [found] = named;
  if (found !== undefined && named.length === 1) return found.id;
  if (found !== undefined) {
    throw new UsageError("usage.unknown_client", `${named.length} OAuth clients are named \`${text}\``, {
      hint: `choose one by id: ${named.map(({ id }) => id).join(", ")}`,
    });
  }
  const names = clients.flatMap(({ name }) => name ?? []);
  const similar = [
    ...names.filter((name) => name.toLowerCase().includes(wanted)),
    ...closest(text, names, MOST_OFFERED, 3),
  ];
  const offered = [...new Set(similar)].slice(0, MOST_OFFERED);
  throw new UsageError("usage.unknown_client", `there is no OAuth client \`${text}\``, {
    hint:
      offered.length === 0
        ? "list them: genscope clients"
        : `did you mean ${offered.map((name) => `\`${name}\``).join(" or ")}?`,
  });
}
