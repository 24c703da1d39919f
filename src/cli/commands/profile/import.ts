import { Option } from "@commander-js/extra-typings";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import type { ProfileGroup } from "./group.ts";
import { importOfficial, officialConfigPath, type ProfileImportResult } from "./import-run.ts";

/** `profile import`: imports the official CLI's profiles, and moves their secrets from a plain-text file to a store. */
export function registerProfileImport(group: ProfileGroup, context: Context): void {
  group
    .command("import")
    .summary("import the official CLI's plain-text profiles")
    .description(
      "import the official CLI's plain-text profiles\n\nMoves their secrets into the store, and offers to remove them from the old file. Existing profiles stay unchanged.",
    )
    .argument("[file]", "file of the official CLI (default: ~/.gc/config.toml)")
    .addOption(new Option("--store <store>", "store for the secrets").choices(["keychain", "file"] as const))
    .option("--yes", "remove the secrets from the old file without asking")
    .configureHelp(
      helpFooter(
        [
          ["genscope profile import", "ask before changing the old file"],
          ["genscope profile import --yes --store file", "without asking, into the encrypted file"],
        ],
        [
          "0 imported",
          "1 old file cannot be written",
          "2 file is missing or damaged",
          "10 store cannot be used",
        ],
      ),
    )
    .action(async (file, _options, command) => {
      const options = command.optsWithGlobals();
      const path = file ?? officialConfigPath(context.env);
      const result = await importOfficial(context, options, path);
      await present(context.io, options, result, viewProfileImport);
      if (result.imported.length > 0 && !result.blanked) {
        await writeNote(
          context.io,
          options,
          `warning: \`${path}\` still contains the secrets in plain text: remove them by importing with \`--yes\`, or edit the file`,
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
    ...(result.blanked ? [`removed the secrets from ${result.path}`] : []),
  ];
  return [{ kind: "text", text: lines.length === 0 ? `no profiles in ${result.path}` : lines.join("\n") }];
}
