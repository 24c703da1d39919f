import type { Context } from "../../context.ts";
import type { Root } from "../../root.ts";
import { registerChanges } from "./changes.ts";
import { registerDiff } from "./diff.ts";
import { createGroup } from "./group.ts";
import { registerSearch } from "./search.ts";
import { registerShow } from "./show.ts";
import { registerUpdate } from "./update.ts";

/** `catalog`: shows the requirements of every API operation, with their sources and changes. */
export function registerCatalog(root: Root, context: Context): void {
  const catalog = createGroup(root);
  registerSearch(catalog, context);
  registerShow(catalog, context);
  registerUpdate(catalog, context);
  registerDiff(catalog, context);
  registerChanges(catalog, context);
}
