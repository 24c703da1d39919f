import { reports } from "../assertion/asserted.ts";
import { remediesOfKnown } from "../unanswered/known-error.ts";
import { UNLISTED_PERMISSION } from "../unanswered/unlisted-permission.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

/** Matches the option that lets an export with the Terraform provider continue after a refusal. */
const OF_EXPORT = /\blog_permission_errors\b/;

/** Recognizes a refusal for a permission that, according to the text, the role editor does not list. */
export function findUnlistedPermission({ layer, words }: CircumstanceFacts): Circumstance | null {
  const { pattern, meaning } = UNLISTED_PERMISSION;
  if (layer !== "permission" || !reports(pattern, words)) return null;
  return {
    layer: "product",
    meaning,
    claims: [],
    remedies: [
      ...remediesOfKnown(UNLISTED_PERMISSION, words),
      ...(OF_EXPORT.test(words)
        ? [
            {
              kind: "none" as const,
              summary:
                "to export everything else, set `log_permission_errors = true`, or name the resource type in `exclude_filter_resources`",
            },
          ]
        : []),
    ],
    isWholeRemedy: true,
  };
}
