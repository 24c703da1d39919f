import type { Position } from "./position.ts";

/** A value in a YAML document, with its position. Anchors and merge keys are already resolved. */
export type YamlValue = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: "map";
  readonly at: Position;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: YamlValue;
}

export interface YamlList {
  readonly kind: "list";
  readonly at: Position;
  readonly items: readonly YamlValue[];
}

export interface YamlScalar {
  readonly kind: "scalar";
  readonly at: Position;
  readonly value: string | number | boolean | null;
}

/** Returns the value of a key that has no value in the file. */
export function emptyAt(at: Position): YamlScalar {
  return { kind: "scalar", at, value: null };
}
