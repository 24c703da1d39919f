import { Option } from "@commander-js/extra-typings";
import type { Block } from "../../../output/blocks.ts";
import { present, tell } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";
import { importOfficial, officialConfigPath, type ProfileImportResult } from "./import-run.ts";

/** `profile import`: the official CLI's profiles, their secrets out of the clear. */
export function registerProfileImport(group: ProfileGroup, context: Context): void {
  group
    .command("import")
    .summary("move the official CLI's plain-text profiles here")
    .description(
      "Takes over the profiles of the official CLI, moves their secrets from plain text into the store, and offers to empty them in the old file. Profiles that are here already stay as they are",
    )
    .argument("[file]", "the official CLI's file; ~/.gc/config.toml when absent")
    .addOption(new Option("--store <store>", "where the secrets go").choices(["keychain", "file"] as const))
    .option("--yes", "empty the secrets in the old file without asking")
    .addHelpText(
      "after",
      helpFooter(
        [
          ["genscope profile import", "asks before it changes the old file"],
          ["genscope profile import --yes --store file", "without asking, into the encrypted file"],
        ],
        ["0 imported", "1 old file can't be written", "2 no such file, or damaged", "10 store can't be used"],
      ),
    )
    .action(async (file, _options, command) => {
      const options = command.optsWithGlobals();
      const path = file ?? officialConfigPath(context.env);
      const result = await importOfficial(context, options, path);
      await present(context.io, options, result, viewProfileImport);
      if (result.imported.length > 0 && !result.blanked) {
        await tell(
          context.io,
          options,
          `careful: the secrets are still in the clear in \`${path}\`: \`--yes\` empties them with the import, or edit the file`,
        );
      }
    });
}

function viewProfileImport(result: ProfileImportResult): readonly Block[] {
  const lines = [
    ...result.imported.map(
      ({ name, region }) => `imported profile \`${name}\` (${region}) into ${result.storedIn}`,
    ),
    ...result.skipped.map(({ profile, reason }) => `skipped \`${profile}\`: ${reason}`),
    ...(result.blanked ? [`emptied the secrets in ${result.path}`] : []),
  ];
  return [{ kind: "text", text: lines.length === 0 ? `no profiles in ${result.path}` : lines.join("\n") }];
}
