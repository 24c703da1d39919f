import type { Context } from "../context.ts";
import type { Root } from "../root.ts";
import { createProfileGroup } from "./profile-group.ts";
import { registerProfileImport } from "./profile-import.ts";
import { registerProfileList } from "./profile-list.ts";
import { registerProfileRemove } from "./profile-remove.ts";
import { registerProfileShow } from "./profile-show.ts";
import { registerProfileUse } from "./profile-use.ts";

/** `profile`: the named logins of this user. */
export function registerProfile(root: Root, context: Context): void {
  const group = createProfileGroup(root);
  registerProfileList(group, context);
  registerProfileUse(group, context);
  registerProfileShow(group, context);
  registerProfileRemove(group, context);
  registerProfileImport(group, context);
}
