import { findLanguage } from './languages/readers.ts';
import { readManifest } from './project/manifests.ts';
import { placeOf } from './project/places.ts';
import { readSettings } from './settings/read-settings.ts';

/** What a file is to the reader of scripts. */
export interface RecognisedCode {
  readonly what: 'code' | 'manifest' | 'settings';
  /** The language of code. */
  readonly language?: string;
  /** Tests, examples, build tooling and other people's code are no integrations. */
  readonly isOwn: boolean;
  /** It builds or deploys something, so that it may show a system. */
  readonly isDeployed: boolean;
}

/** Tells what a `scripts:` source reads of a file. @param text its first part, or all of it */
export function recogniseCode(file: string, text: string): RecognisedCode | undefined {
  const place = placeOf(file);
  const isOwn = place === 'code';
  const language = findLanguage(file, text)?.name;
  const manifest = readManifest(text, file);
  if (manifest) return { what: 'manifest', isOwn, isDeployed: manifest.isDeployable };
  if (language) return { what: 'code', language, isOwn, isDeployed: false };
  const settings = readSettings(text, file);
  if (!settings) return undefined;
  const isDeployed = settings.some(({ services }) => services.length > 0);
  const isTelling =
    isDeployed || settings.some((each) => each.settings.length > 0 || each.names.length > 0);
  return isTelling ? { what: 'settings', isOwn, isDeployed } : undefined;
}
