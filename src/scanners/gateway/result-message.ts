import type { TaskResult } from './read-task.ts';

/** A result on its way out of a thread: its many small lists are put together, so that nothing is copied. */
export interface ResultMessage extends Omit<TaskResult, 'requests'> {
  readonly digests: Float64Array;
  /** Where the digests of each group end. */
  readonly digestEnds: Uint32Array;
}

/** What a thread sends of a result. */
export function toMessage({ requests, ...rest }: TaskResult): ResultMessage {
  const digestEnds = new Uint32Array(requests.length);
  let end = 0;
  for (const [group, sample] of requests.entries()) {
    end += sample.length;
    digestEnds[group] = end;
  }
  const digests = new Float64Array(end);
  for (const [group, sample] of requests.entries())
    digests.set(sample, (digestEnds[group] as number) - sample.length);
  return { ...rest, digests, digestEnds };
}

/** The result that a thread sent. */
export function fromMessage({ digests, digestEnds, ...rest }: ResultMessage): TaskResult {
  const requests = Array.from(digestEnds, (end, group) =>
    Array.from(digests.subarray(group === 0 ? 0 : digestEnds[group - 1], end)),
  );
  return { ...rest, requests };
}

/** The buffers of a message, which a thread gives away with it. */
export function buffersOf(message: ResultMessage): ArrayBuffer[] {
  const { kinds, keys, rows, firstLines, sketches, sketchEnds, digests, digestEnds } = message;
  return [kinds, keys, rows, firstLines, sketches, sketchEnds, digests, digestEnds].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}
