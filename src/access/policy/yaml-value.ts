import type { Position } from "./position.ts";

/** A value of a YAML document with its position; anchors and merge keys are resolved. */
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

/** The value of a key that has none in the file. */
export function emptyAt(at: Position): YamlScalar {
  return { kind: "scalar", at, value: null };
}
