import { expect, test } from 'vitest';
import { renderLikec4 } from '../../../src/renderers/exchange/likec4.ts';
import { renderStructurizr } from '../../../src/renderers/exchange/structurizr.ts';
import fc from '../../fast-check.ts';
import { hostileAudits, joinText } from './hostile-audit.ts';

const audits = await hostileAudits();

/**
 * Reads a text the way both languages are read: statements of words, signs and quoted texts, one a
 * line, nested by braces at line ends. No parser of Structurizr or LikeC4 runs on this Node, so this
 * takes only what both take for sure: quoted texts without any escape.
 */
function readStatements(text: string): { depth: number; words: string[] }[] {
  let depth = 0;
  const statements = text.split('\n').flatMap((line) => {
    if (line.trim() === '') return [];
    const words = line.match(/"[^"\\$]*"|->|[A-Za-z0-9_*-]+|=|[{}]/g) ?? [];
    expect(line.replace(/\s/g, '')).toBe(words.join('').replace(/\s/g, ''));
    if (words[0] === '}') {
      expect(words).toEqual(['}']);
      depth--;
      return [];
    }
    const statement = { depth, words };
    if (words.at(-1) === '{') depth++;
    expect(words.slice(0, -1)).not.toContain('{');
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    return [statement];
  });
  expect(depth).toBe(0);
  return statements;
}

test.each([
  ['Structurizr', renderStructurizr, 'softwareSystem', /^[A-Za-z0-9_]+$/],
  ['LikeC4', renderLikec4, undefined, /^[A-Za-z_][A-Za-z0-9_]*$/],
] as const)('%s is read back statement by statement', (_language, render, keyword, identifier) => {
  fc.assert(
    fc.property(audits, (audit) => {
      const statements = readStatements(joinText(render(audit)));
      const systems = statements.filter(
        ({ words }) => words[1] === '=' && (keyword === undefined || words[2] === keyword),
      );
      expect(systems).toHaveLength(audit.systems.length);
      const ids = systems.map(({ words }) => words[0] as string);
      for (const id of ids) expect(id).toMatch(identifier);
      expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
      const links = statements.filter(({ words }) => words[1] === '->');
      expect(links).toHaveLength(audit.links.length);
      for (const { words } of links)
        for (const end of [words[0], words[2]]) expect(ids).toContain(end);
      if (keyword === undefined) {
        // LikeC4's own parser, tried by hand, takes each of our keys but this one.
        expect(statements.map(({ words }) => words[0])).not.toContain('style');
        return;
      }
      // Structurizr refuses two systems of one name, and two equal relationships.
      expect(new Set(systems.map(({ words }) => words[3])).size).toBe(systems.length);
      expect(new Set(links.map(({ words }) => words.slice(0, 4).join(' '))).size).toBe(
        links.length,
      );
    }),
    { numRuns: 30 },
  );
});
