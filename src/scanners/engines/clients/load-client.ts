import { EngineError } from '../engine.ts';

/** Loads the client of an engine, which is installed only where it is wanted. */
export async function loadClient<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new EngineError(
      `the package ${name} is not installed`,
      `run "npm install ${name}"`,
      error,
    );
  }
}
