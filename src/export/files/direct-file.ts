import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { systemCode } from "../../core/system-error.ts";

/** Direct reads and writes begin and end at multiples of this size, the largest sector of any disk. */
export const SECTOR_BYTES = 4096;

/** Constructor of memory that begins at a page of the system; only later type declarations include it. */
type PagedBuffer = new (bytes: number, options: { readonly maxByteLength: number }) => ArrayBuffer;

/** Allocates memory for direct reads and writes, which must begin at a sector's multiple in memory too. */
export function allocatePages(bytes: number): Buffer<ArrayBuffer> {
  return Buffer.from(new (ArrayBuffer as PagedBuffer)(bytes, { maxByteLength: bytes }));
}

/**
 * An open file whose whole sectors are moved directly between memory and the disk, where the system can do that
 * (`O_DIRECT` of Linux). A file that is made durable page by page gains nothing from the system's cache: it costs
 * a copy, it displaces what others need, and a file that is read back from it has not been read from the disk.
 */
export class DirectFile {
  readonly #file: FileHandle;
  /** The same file, opened for direct access; null where that is not possible. */
  #direct: FileHandle | null;

  private constructor(file: FileHandle, direct: FileHandle | null) {
    this.#file = file;
    this.#direct = direct;
  }

  /** Adds direct access to an open file. */
  static async of(file: FileHandle, access: "read" | "write"): Promise<DirectFile> {
    const flag = constants.O_DIRECT as number | undefined;
    if (flag === undefined) return DirectFile.cached(file);
    // This name stays valid when the file is renamed, and always leads to the same file.
    const path = `/proc/self/fd/${file.fd}`;
    const mode = access === "read" ? constants.O_RDONLY : constants.O_WRONLY;
    return new DirectFile(file, await open(path, mode | flag).catch(() => null));
  }

  /** Uses the cache for everything. */
  static cached(file: FileHandle): DirectFile {
    return new DirectFile(file, null);
  }

  /** Reads up to `size` bytes. Returns the number of bytes, which is 0 only at the end of the file. */
  async read(bytes: Buffer, size: number, position: number): Promise<number> {
    const { bytesRead } = await this.#move(
      size,
      position,
      async (file) => await file.read(bytes, 0, size, position),
    );
    return bytesRead;
  }

  /** Writes all bytes, in several calls if needed: a single write may be short, for example when the disk is nearly full. */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const rest = bytes.subarray(done);
      const { bytesWritten } = await this.#move(
        rest.length,
        position + done,
        async (file) => await file.write(rest, 0, rest.length, position + done),
      );
      done += bytesWritten;
    }
  }

  /** Closes the direct access, and leaves the file open. */
  async close(): Promise<void> {
    const direct = this.#direct;
    this.#direct = null;
    await direct?.close();
  }

  async #move<Moved>(
    size: number,
    position: number,
    move: (file: FileHandle) => Promise<Moved>,
  ): Promise<Moved> {
    if (this.#direct !== null && size % SECTOR_BYTES === 0 && position % SECTOR_BYTES === 0) {
      try {
        return await move(this.#direct);
      } catch (error) {
        if (!isRefused(error)) throw error;
        await this.close();
      }
    }
    return await move(this.#file);
  }
}

/** Returns whether the file system has no direct access, or not with these sectors. */
function isRefused(error: unknown): boolean {
  const code = systemCode(error);
  return code === "EINVAL" || code === "EOPNOTSUPP" || code === "ENOTSUP";
}
