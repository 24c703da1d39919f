import { allDatasets } from "../../../../analytics/datasets/datasets.ts";
import { loadCatalogue } from "../../../../catalogue/facts/load-catalogue.ts";
import { describeDataset } from "./document.ts";
import { pageNameOf, referenceIndexOf, referencePageOf } from "./reference-page.ts";

export interface ReferenceFile {
  readonly name: string;
  readonly text: string;
}

/** Returns the reference page of every dataset, and a list of them. Only the build calls this function. */
export async function referenceFiles(): Promise<readonly ReferenceFile[]> {
  const catalogue = loadCatalogue();
  const documents = await Promise.all(
    allDatasets().map(async (dataset) => await describeDataset(dataset, catalogue)),
  );
  return [
    { name: "README.md", text: referenceIndexOf(documents) },
    ...documents.map((document) => ({ name: pageNameOf(document.name), text: referencePageOf(document) })),
  ];
}
