import type { Transform } from 'node:stream';

/** What a decompressor made of one piece of input. */
export interface Step {
  /** Valid until the next step. */
  readonly output: Uint8Array;
  /** How many bytes of the piece were used; fewer than given where the packed data ended in it. */
  readonly consumed: number;
  /** Why the piece could not be unpacked, e.g. `Z_DATA_ERROR`. */
  readonly error?: string | undefined;
}

/** A decompressor that is fed piece by piece. */
export interface Steps {
  run(piece: Uint8Array): Promise<Step>;
  close(): void;
}

/** The options that a decompressor of node:zlib needs so that no step waits for its reader. */
export const stepOptions = {
  chunkSize: 1024 * 1024,
  readableHighWaterMark: Number.MAX_SAFE_INTEGER,
};

/**
 * Feeds a decompressor of node:zlib one piece at a time. A pipe would lose what was unpacked before
 * an error, and would not tell where in the input the packed data ended.
 */
export function openSteps(decompressor: Transform & { readonly bytesWritten: number }): Steps {
  let failed: string | undefined;
  let settle = (): void => {};
  decompressor.on('error', (error: NodeJS.ErrnoException) => {
    failed = error.code ?? error.message;
    settle();
  });
  return {
    run: (piece) =>
      new Promise((resolve) => {
        const before = decompressor.bytesWritten;
        settle = () => {
          const output: Uint8Array = decompressor.read() ?? new Uint8Array(0);
          resolve({ output, consumed: decompressor.bytesWritten - before, error: failed });
        };
        if (failed === undefined) decompressor.write(piece, () => settle());
        else settle();
      }),
    close: () => {
      decompressor.destroy();
    },
  };
}
