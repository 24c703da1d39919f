import type { Context } from "../../context.ts";
import type { Root } from "../../root.ts";
import { createProfileGroup } from "./group.ts";
import { registerProfileImport } from "./import.ts";
import { registerProfileList } from "./list.ts";
import { registerProfileRemove } from "./remove.ts";
import { registerProfileShow } from "./show.ts";
import { registerProfileUse } from "./use.ts";

/** `profile`: manages this user's named logins. */
export function registerProfile(root: Root, context: Context): void {
  const group = createProfileGroup(root);
  registerProfileList(group, context);
  registerProfileUse(group, context);
  registerProfileShow(group, context);
  registerProfileRemove(group, context);
  registerProfileImport(group, context);
}
