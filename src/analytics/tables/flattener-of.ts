import type { Flattener } from "../table.ts";

export interface FlattenerOptions {
  /** The dimensions that aggregates were grouped by. */
  readonly groupBy: readonly string[];
}

/**
 * What makes tables of a dataset's records, by the dataset's name.
 * @throws Error for a name that is no dataset: those are checked when they are typed
 */
export async function flattenerOf(dataset: string, { groupBy }: FlattenerOptions): Promise<Flattener> {
  switch (dataset) {
    case "conversations details": {
      const { conversationsFlattener } = await import("./conversations.ts");
      return conversationsFlattener();
    }
    case "users details": {
      const { usersDetailsFlattener } = await import("./users-details.ts");
      return usersDetailsFlattener();
    }
    case "conversations aggregates":
    case "users aggregates": {
      const { aggregatesFlattener } = await import("./aggregates.ts");
      return aggregatesFlattener(groupBy, dataset.replace(" ", "_"));
    }
    default: {
      const { recordFlattener } = await import("./record-flattener.ts");
      const { RECORD_MODELS } = await import("./record-models.ts");
      const model = RECORD_MODELS[dataset];
      if (model === undefined) throw new Error(`no tables are known for \`${dataset}\``);
      return recordFlattener(model);
    }
  }
}
