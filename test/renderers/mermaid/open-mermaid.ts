import type { OpenBrowser } from '../browser.ts';

/** What Mermaid itself made of a text. */
export interface Drawn {
  readonly type: string;
  /** All words of the picture. */
  readonly shown: string;
  readonly arrows: number;
  /** Elements that could do something. */
  readonly dangerous: number;
}

/** Mermaid in a browser: parses and draws a text, or throws as its own parser does. */
export async function openMermaid({
  browser,
}: OpenBrowser): Promise<(text: string) => Promise<Drawn>> {
  const page = await browser.newPage();
  await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
  await page.evaluate('mermaid.initialize({ startOnLoad: false })');
  return (text) =>
    page.evaluate(`(async () => {
      const text = ${JSON.stringify(text)};
      const { diagramType: type } = await mermaid.parse(text);
      const { svg } = await mermaid.render('drawn', text);
      const drawn = new DOMParser().parseFromString(svg, 'text/html').body;
      return {
        type,
        shown: drawn.textContent.replace(/\\s+/g, ' '),
        arrows: drawn.querySelectorAll('.edgePaths > path').length,
        dangerous: drawn.querySelectorAll('script, img, iframe, a, [onerror], [onload]').length,
      };
    })()`);
}
