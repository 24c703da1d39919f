import { asArray, asRecord, asString, type JsonRecord } from "../core/json.ts";
import type { Api } from "../platform/api/api.ts";
import { ApiError } from "../platform/api/api-error.ts";
import { isObjectId, NAMED_OBJECTS, type NamedObject } from "./named-objects.ts";

/** Maximum number of ids in one request. */
const BATCH = 50;

/** A kind of object whose names appear next to their ids in records. */
type RecordedObject = NamedObject & { readonly record: NonNullable<NamedObject["record"]> };

const RECORDED = NAMED_OBJECTS.filter((each): each is RecordedObject => each.record !== null);
const recordedAs = (key: string) => RECORDED.find(({ record }) => record.idKey === key);

/** Returns the field `key`, followed by the field for the object's name if `key` is an id with a name. */
export function withNameKey(key: string): readonly string[] {
  const nameKey = recordedAs(key)?.record.nameKey;
  return nameKey === undefined ? [key] : [key, nameKey];
}

/** Cache of the names of queues, users and wrap-up codes, each read once. */
export interface NameCache {
  /** Returns the records with a name after each id that has one: `queueName` after `queueId`. */
  addNames(records: readonly unknown[]): Promise<readonly unknown[]>;
}

/**
 * Creates an empty cache. An id gets no name when the token is not allowed to read it or the service has none.
 * @param onNote called once per kind of object whose names can't be read
 * @param idKeys the id fields whose names are shown; null for all
 */
export function createNameCache(
  api: Api,
  onNote: (text: string) => void,
  idKeys: readonly string[] | null,
): NameCache {
  const shown = RECORDED.filter(({ record }) => idKeys?.includes(record.idKey) ?? true);
  const known = new Map<string, string | null>();
  const refused = new Set<string>();

  async function lookUpNames(kind: NamedObject, ids: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length && !refused.has(kind.noun); from += BATCH) {
      const batch = ids.slice(from, from + BATCH);
      for (const id of batch) known.set(id, null);
      try {
        const body = await api.get(kind.path, { ...kind.query, id: batch, pageSize: BATCH });
        for (const entity of asArray(asRecord(body)["entities"]).map(asRecord)) {
          const id = asString(entity["id"]);
          const name = asString(entity["name"]);
          if (id !== null && name !== null) known.set(id, name);
        }
      } catch (error) {
        if (!(error instanceof ApiError) || error.exit === "auth") throw error;
        refused.add(kind.noun);
        onNote(`the names of ${kind.noun} cannot be read, so ids are shown instead: ${error.message}`);
      }
    }
  }

  return {
    addNames: async (records) => {
      for (const kind of shown) {
        const ids = new Set<string>();
        for (const record of records) collectIds(record, kind.record.idKey, ids);
        await lookUpNames(
          kind,
          [...ids].filter((id) => isObjectId(id) && !known.has(id)),
        );
      }
      return records.map((record) => withNames(record, known));
    },
  };
}

function collectIds(value: unknown, idKey: string, ids: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === idKey && typeof inner === "string") ids.add(inner);
    else collectIds(inner, idKey, ids);
  }
}

function withNames(value: unknown, known: ReadonlyMap<string, string | null>): unknown {
  if (Array.isArray(value)) return value.map((item) => withNames(item, known));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as JsonRecord;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, inner]): readonly (readonly [string, unknown])[] => {
      const kind = recordedAs(key)?.record;
      const name = kind !== undefined && typeof inner === "string" ? known.get(inner) : undefined;
      if (kind === undefined || name === undefined || name === null || kind.nameKey in fields) {
        return [[key, withNames(inner, known)]];
      }
      return [
        [key, inner],
        [kind.nameKey, name],
      ];
    }),
  );
}
