import type { System } from '../../landscape.ts';
import type { PictureNode } from './picture.ts';

/** A system as a box of a picture. */
export function toNode(
  system: System,
  group: (system: System) => string,
  focus: string | undefined,
): PictureNode {
  const { id, name, kind, criticality } = system;
  return { id, name, kind, criticality, group: group(system), isFocus: id === focus };
}
