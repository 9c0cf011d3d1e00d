import { UsageError } from '../../errors.ts';
import { findProgram } from '../../files/find-program.ts';

/** A browser that can draw: the user's own, or the one that an optional package ships. */
export interface FoundBrowser {
  readonly path: string;
  readonly isShipped: boolean;
}

/** These name the browser to use, the first one first. */
const variables = ['CHROME_PATH', 'PUPPETEER_EXECUTABLE_PATH'] as const;

/** Where Chrome, Chromium and Edge install themselves. */
const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** What to do where there is no browser. */
export const browserRemedy =
  'Install Chrome or Chromium, name one with CHROME_PATH, or install @sparticuz/chromium (Linux x64); text needs none: -o diagram.mmd.';

/**
 * Finds the browser that draws pictures. None is ever downloaded.
 * @param unpackShipped unpacks the Chromium of an optional package, and says where it is
 * @throws UsageError where there is none
 */
export async function findBrowser(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  unpackShipped: () => Promise<string | undefined>,
): Promise<FoundBrowser> {
  for (const variable of variables) {
    const named = environment[variable];
    if (!named) continue;
    if (findProgram([named]) === undefined)
      throw new UsageError(`${variable} names "${named}", where no program is. ${browserRemedy}`);
    return { path: named, isShipped: false };
  }
  const own = findProgram(places[platform] ?? []);
  if (own !== undefined) return { path: own, isShipped: false };
  const shipped = await unpackShipped();
  if (shipped === undefined)
    throw new UsageError(`Pictures are drawn by a browser, and none was found. ${browserRemedy}`);
  return { path: shipped, isShipped: true };
}
