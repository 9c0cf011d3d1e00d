import { appendFile } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { codeOf } from './explain.ts';

/** Adds to the end of a file that others write to as well, such as the summary of a job. @throws InputError */
export async function appendText(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text);
  } catch (cause) {
    throw new InputError(`${file}: cannot be written (${codeOf(cause)}); check its permissions.`, {
      cause,
    });
  }
}
