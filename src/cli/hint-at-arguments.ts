import { InputError, UsageError } from '../errors.ts';
import { locateLandscape } from '../files.ts';

/**
 * A command takes what it is about first and the folder second. Where there is no landscape, tells
 * what was probably meant: the folder alone, or two names without quotes.
 */
export async function hintAtArguments(
  error: unknown,
  command: string,
  text: string,
  folder: string,
): Promise<unknown> {
  if (!(error instanceof InputError)) return error;
  if (error.message.startsWith(`${folder}: no such file`))
    return new InputError(`${error.message} Two names go into quotes: "${text} ${folder}".`, {
      cause: error,
    });
  const isFolder = await locateLandscape(text).then(
    () => true,
    () => false,
  );
  if (folder !== '.' || !isFolder) return error;
  return new UsageError(
    `"${text}" is where a landscape is; say before it what this is about: landscape ${command} <system or link> ${text}`,
  );
}
