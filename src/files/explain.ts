import { InputError } from '../errors.ts';

/** What went wrong with a file, in words for whoever named it. */
export function explain(file: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return missing(file, error);
  return new InputError(`${file}: cannot be read (${codeOf(error)}); check its permissions.`, {
    cause: error,
  });
}

/** The error for a path that leads to nothing. */
export function missing(file: string, cause?: unknown): InputError {
  return new InputError(`${file}: no such file or folder; check the path.`, { cause });
}

/** The code that the system gave an error, such as `EACCES`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
