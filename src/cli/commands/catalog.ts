import type { Context } from "../context.ts";
import type { Root } from "../root.ts";
import { registerDiff } from "./catalog-difference.ts";
import { createGroup } from "./catalog-group.ts";
import { registerSearch } from "./catalog-search.ts";
import { registerShow } from "./catalog-show.ts";
import { registerUpdate } from "./catalog-update.ts";

/** `catalog`: what every API operation requires, where that is known from, and how it changes. */
export function registerCatalog(root: Root, context: Context): void {
  const catalog = createGroup(root);
  registerSearch(catalog, context);
  registerShow(catalog, context);
  registerUpdate(catalog, context);
  registerDiff(catalog, context);
}
