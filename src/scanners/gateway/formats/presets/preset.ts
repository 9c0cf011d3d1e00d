import type { LogFormat } from '../../log-format.ts';

/** A log format that people know by name. */
export interface Preset {
  /** As `format:` takes it. */
  readonly name: string;
  /** Other names that people use. */
  readonly aliases?: readonly string[];
  /** What it is, for the documentation. */
  readonly title: string;
  /** The layouts it comes in, over versions and settings. */
  readonly formats: readonly LogFormat[];
}
