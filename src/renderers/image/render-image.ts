import { InputError, UsageError } from '../../errors.ts';
import { withTemporaryFolder } from '../../files/temporary-folder.ts';
import { browserRemedy, type FoundBrowser, findBrowser } from './find-browser.ts';
import { openLabels } from './open-labels.ts';

export const imageFormats = ['svg', 'png', 'pdf'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** Whether a format is a picture, which needs a browser. */
export function isImageFormat(format: string): format is ImageFormat {
  return imageFormats.some((one) => one === format);
}

/** Drawing takes a second or two; what takes this long, in ms, never ends. */
const timeLimitMs = 60_000;

/**
 * Draws Mermaid text as a picture, with mermaid-cli in a browser of this machine, without network.
 * Nothing stays behind but what is returned.
 * @throws UsageError where mermaid-cli or a browser is missing
 * @throws InputError where the browser does not start or does not end
 */
export async function renderImage(mermaid: string, format: ImageFormat): Promise<Uint8Array> {
  const [{ renderMermaid }, { default: puppeteer }] = await loadLibraries();
  return withTemporaryFolder('landscape-diagram', async () => {
    const found = await findBrowser(process.env, process.platform, unpackShipped);
    const browser = await puppeteer
      .launch({
        executablePath: found.path,
        headless: found.isShipped ? 'shell' : true,
        args: listArguments(found, process.getuid?.() === 0),
        timeout: timeLimitMs / 2,
        // Ctrl-C is the command line's to answer; the browser ends with the process.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      })
      .catch((error: unknown) => {
        throw new InputError(
          `${found.path}: the browser does not start (${firstLine(error)}). ${browserRemedy}`,
          { cause: error },
        );
      });
    const isLate = Symbol('late');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof isLate>((resolve) => {
      timer = setTimeout(() => resolve(isLate), timeLimitMs);
    });
    try {
      const drawing = renderMermaid(browser, openLabels(mermaid), format, {
        backgroundColor: 'white',
        viewport: { width: 1600, height: 1000, deviceScaleFactor: 2 },
        pdfFit: true,
        svgId: 'landscape',
        // Without it, lines run through the text of labels.
        myCSS: '#landscape .edgeLabel rect.background { fill: #ffffff !important; opacity: 0.9; }',
        // Text of its own kind, not HTML within SVG, which only browsers show.
        mermaidConfig: { htmlLabels: false, flowchart: { htmlLabels: false } },
      });
      const result = await Promise.race([drawing, late]);
      if (result === isLate) {
        drawing.catch(() => {});
        throw new InputError(
          `The picture was not drawn within ${timeLimitMs / 1000} s; draw less, for example with --focus, or write text: -o diagram.mmd.`,
        );
      }
      return result.data;
    } finally {
      clearTimeout(timer);
      await browser.close();
    }
  });
}

/** What the browser is told. It opens our own text alone; the host rule keeps it off the network. */
function listArguments({ isShipped }: FoundBrowser, isRoot: boolean): string[] {
  return [
    '--disable-background-networking',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--force-color-profile=srgb',
    // Chrome refuses root with a sandbox, and the shipped one brings none.
    ...(isRoot || isShipped ? ['--no-sandbox'] : []),
  ];
}

async function loadLibraries() {
  try {
    return await Promise.all([import('@mermaid-js/mermaid-cli'), import('puppeteer')]);
  } catch (error) {
    if (!isMissingModule(error)) throw error;
    throw new UsageError(
      'Pictures need two optional packages: npm install @mermaid-js/mermaid-cli puppeteer@npm:puppeteer-core. Text needs none: -o diagram.mmd.',
      { cause: error },
    );
  }
}

/** Unpacks the Chromium of the optional package; undefined where that is not installed, or does not fit the machine. */
async function unpackShipped(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } catch (error) {
    if (isMissingModule(error)) return undefined;
    throw error;
  }
}

function isMissingModule(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}
