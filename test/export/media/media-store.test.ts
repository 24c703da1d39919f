import { createHash } from "node:crypto";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Layout } from "../../../src/export/destination/destination.ts";
import { checkAllMedia } from "../../../src/export/media/check-media.ts";
import { mediaFileName } from "../../../src/export/media/file-name.ts";
import { type MediaFile, readMediaState } from "../../../src/export/media/media-journal.ts";
import { MediaStore } from "../../../src/export/media/media-store.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const KEY = "2026-10-01";

async function layoutOf(): Promise<Layout> {
  const path = await tempDir();
  const layout = new Layout({ kind: "directory", path, isPartitioned: false }, ".csv", null, OWNED);
  await mkdir(layout.workDirectory, { recursive: true });
  return layout;
}

/** Downloads a file, and moves it to its final place. */
async function fill(store: MediaStore, id: string, text: string): Promise<MediaFile> {
  await writeFile(store.downloadPath(`${id}.bin`), text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const file = { id, name: `${id}.ogg`, bytes: text.length, sha256, contentType: "audio/ogg" };
  await store.place(file, `${id}.bin`);
  return file;
}

test("the store of downloads finds a file of an earlier process, and keeps only the latest count of missing recordings", async () => {
  const layout = await layoutOf();
  const first = await MediaStore.open(layout, KEY);
  const file = await fill(first, "a", "voice");
  await first.count([{ code: "archived", reason: "", recordings: 2, isFinal: true }]);
  await first.count([]);
  await first.close();
  const second = await MediaStore.open(layout, KEY);
  expect([await second.find("a"), await second.find("b")]).toEqual([expect.objectContaining(file), null]);
  await second.close();
  expect((await readMediaState(layout.mediaJournalPath(KEY))).missing).toEqual([]);
});

test("the store of downloads does not treat a file as complete that was damaged, removed or never renamed", async () => {
  const layout = await layoutOf();
  const store = await MediaStore.open(layout, KEY);
  await fill(store, "damaged", "voice");
  await fill(store, "removed", "voice");
  await fill(store, "touched", "voice");
  await store.close();
  const media = layout.mediaDirectory(KEY);
  await writeFile(join(media, "damaged.ogg"), "noise");
  await rm(join(media, "removed.ogg"));
  await utimes(join(media, "touched.ogg"), 1, 1);
  expect((await checkAllMedia(layout, KEY)).map(({ id, kind }) => [id, kind])).toEqual([
    ["damaged", "changed"],
    ["removed", "changed"],
    ["touched", "resealed"],
  ]);
  const again = await MediaStore.open(layout, KEY);
  expect(await again.find("damaged")).toBeNull();
  expect(await again.find("removed")).toBeNull();
  expect(await again.find("touched")).not.toBeNull();
  await again.close();
  expect([...(await readMediaState(layout.mediaJournalPath(KEY))).files.keys()]).toEqual(["touched"]);
});

test("the store of downloads discards files that a killed process left unfinished", async () => {
  const layout = await layoutOf();
  const killed = await MediaStore.open(layout, KEY);
  await writeFile(killed.downloadPath("half.bin"), "vo");
  const next = await MediaStore.open(layout, KEY);
  expect(await readdir(layout.downloadsDirectory(KEY))).toEqual([]);
  await next.close();
  await killed.close();
  expect(await readdir(layout.partDirectory(KEY))).toEqual(["media.1.ndjson"]);
});

test.each([
  [
    "66dbd073-3da7-401f-bac9-571c2c04231e",
    "audio/ogg; codecs=opus",
    "66dbd073-3da7-401f-bac9-571c2c04231e.ogg",
  ],
  ["a", null, "a.bin"],
  ["a", "application/unheard-of", "a.bin"],
  ["../../etc/passwd", "audio/wav", /^[0-9a-f]{64}\.wav$/],
  [".hidden", "audio/wav", /^[0-9a-f]{64}\.wav$/],
  ["x".repeat(300), "video/mp4", /^[0-9a-f]{64}\.mp4$/],
] as const)("a listed download names the file of %s in %s", (id, contentType, name) => {
  expect(mediaFileName(id, contentType)).toMatch(name);
});
