import type { SourceText } from "../text/source-text.ts";
import { readTerraformBlocks } from "./terraform-blocks.ts";
import { isTerraformDocument, readTerraformDocument } from "./terraform-document.ts";
import { isTerraformJson, readTerraformJson } from "./terraform-json.ts";
import { PROVIDER_NAME, type TerraformReading } from "./terraform-use.ts";

const MODULE = /(?<![\w.-])"?module"?[ \t]{0,20}[":]/;

/** Returns whether the text contains any Terraform that the official provider may process. */
export function mayHoldTerraform(file: string, text: string): boolean {
  if (isTerraformFile(file)) return text.includes(PROVIDER_NAME) || MODULE.test(text);
  return text.includes(PROVIDER_NAME) && (isTerraformDocument(text) || isPlanLog(text));
}

/**
 * Reads a Terraform configuration, recognized by its name, or a plan or state, recognized by its content; null
 * for any other text.
 */
export function readTerraform(source: SourceText): TerraformReading | null {
  const { file, text } = source;
  if (!mayHoldTerraform(file, text)) return null;
  if (!isTerraformFile(file)) {
    return isPlanLog(text)
      ? { uses: [], modules: [], isDocument: true, fault: "log" }
      : readTerraformDocument(text);
  }
  return isTerraformJson(file) ? readTerraformJson(text) : readTerraformBlocks(source);
}

/**
 * Returns whether the text is the log that `terraform plan -json` prints. It contains only changes, and no data
 * sources.
 */
function isPlanLog(text: string): boolean {
  return /^\s{0,1000}\{"@level"/.test(text) && text.includes('"@module":"terraform.ui"');
}

function isTerraformFile(file: string): boolean {
  return /\.(?:tf|tofu|hcl)$/i.test(file) || isTerraformJson(file);
}
