import { accessSync, constants, statSync } from 'node:fs';

/** The first of these paths at which a program lies that may be run; undefined where none does. */
export function findProgram(places: readonly string[]): string | undefined {
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return statSync(place).isFile();
    } catch {
      return false;
    }
  });
}
