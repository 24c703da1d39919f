import { readFileSync } from "node:fs";
import { REINSTALL, StoreError } from "../../core/errors.ts";
import { type OperationFile, readOperationFile } from "./operation-file.ts";

/**
 * Returns the operation file of the package.
 * @throws StoreError `catalogue.damaged`
 */
export function readPackaged(): OperationFile {
  const file = readOperationFile(readData("operations.txt"));
  if (typeof file !== "string") return file;
  throw new StoreError("catalogue.damaged", `the packaged catalog cannot be used: ${file}`, {
    hint: REINSTALL,
  });
}

/** Contents of the packaged files that this process has read, because a command may read a file more than once. */
const texts = new Map<string, string>();

/** Reads a packaged data file. It is next to this file in the source tree, and next to the bundle in the package. */
export function readData(name: string): string {
  const text = texts.get(name) ?? readFileSync(new URL(`./data/${name}`, import.meta.url), "utf8");
  texts.set(name, text);
  return text;
}
