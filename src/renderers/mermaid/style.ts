import type { LineState, PictureNode } from '../diagram/picture.ts';
import { lineStates } from '../diagram/picture.ts';

const quiet = 'stroke:#7d8590,stroke-width:1.5px';

/**
 * How links are drawn: a colour of Okabe and Ito, and a width and dash that say the same without
 * colour. The colours are read on white and on the dark ground of code hosts.
 */
const lines: Readonly<Record<LineState, string>> = {
  shadow: 'stroke:#cc79a7,stroke-width:3px,stroke-dasharray:9 5',
  unregistered: 'stroke:#d55e00,stroke-width:3px',
  declared: 'stroke:#2f81c1,stroke-width:2px,stroke-dasharray:3 4',
  seen: quiet,
  added: 'stroke:#009e73,stroke-width:3px',
  removed: 'stroke:#d55e00,stroke-width:2px,stroke-dasharray:9 5',
  changed: 'stroke:#2f81c1,stroke-width:2px',
  certain: 'stroke:#d55e00,stroke-width:3px',
  possible: 'stroke:#7d8590,stroke-width:2px,stroke-dasharray:3 4',
  error: 'stroke:#d55e00,stroke-width:3px',
  warning: quiet,
  plain: quiet,
};

/** What classes of boxes look like: colour by kind, border by criticality. Text is dark on light in both modes. */
const classes: Readonly<Record<string, string>> = {
  application: 'fill:#f3f4f6,stroke:#6e7781,color:#1b1f24',
  platform: 'fill:#d8ecf8,stroke:#0072b2,color:#1b1f24',
  external: 'fill:#fdf0d0,stroke:#b07d00,color:#1b1f24',
  device: 'fill:#d6f0e6,stroke:#00795c,color:#1b1f24',
  between: 'fill:#f6e3ee,stroke:#a0527f,color:#1b1f24',
  unknown: 'fill:#ffffff,stroke:#6e7781,color:#1b1f24,stroke-dasharray:5 4',
  group: 'fill:#e7eaee,stroke:#6e7781,color:#1b1f24',
  business: 'stroke-width:2.5px',
  mission: 'stroke-width:5px',
  focus: 'fill:#24292f,stroke:#8b949e,color:#ffffff',
  note: 'fill:none,stroke:none,color:#7d8590',
};
const classNames = Object.keys(classes);

/** What kinds look like: a class, and the brackets that make the shape. */
const kinds: Readonly<
  Record<PictureNode['kind'], { readonly style: string; readonly shape: readonly [string, string] }>
> = {
  application: { style: 'application', shape: ['[', ']'] },
  'data-platform': { style: 'platform', shape: ['[(', ')]'] },
  'external-service': { style: 'external', shape: ['([', '])'] },
  device: { style: 'device', shape: ['{{', '}}'] },
  database: { style: 'platform', shape: ['[(', ')]'] },
  'file-store': { style: 'platform', shape: ['[/', '/]'] },
  host: { style: 'application', shape: ['[[', ']]'] },
  proxy: { style: 'between', shape: ['[/', '\\]'] },
  broker: { style: 'between', shape: ['[/', '/]'] },
  'api-gateway': { style: 'between', shape: ['[/', '\\]'] },
  'integration-platform': { style: 'between', shape: ['[[', ']]'] },
  unknown: { style: 'unknown', shape: ['[', ']'] },
  group: { style: 'group', shape: ['[[', ']]'] },
};

/** A box with its label, which is escaped already. */
export function shapeOf({ kind }: Pick<PictureNode, 'kind'>, label: string): string {
  const [open, close] = kinds[kind].shape;
  return `${open}"${label}"${close}`;
}

/** The classes of a box, from the most general one. */
export function classesOf({ kind, criticality, isFocus }: PictureNode): string[] {
  return [
    kinds[kind].style,
    ...(criticality === 'mission-critical' ? ['mission'] : []),
    ...(criticality === 'business-critical' ? ['business'] : []),
    ...(isFocus ? ['focus'] : []),
  ];
}

/** An arrow with its label, which is escaped already. Where styles are lost, its kind still tells. */
export function arrowOf(state: LineState, label: string): string {
  const hasLabel = label.trim() !== '';
  switch (state) {
    case 'shadow':
    case 'unregistered':
    case 'added':
    case 'certain':
    case 'error':
      return hasLabel ? `== "${label}" ==>` : '==>';
    case 'declared':
    case 'removed':
    case 'possible':
      return hasLabel ? `-. "${label}" .->` : '-.->';
    case 'seen':
    case 'changed':
    case 'warning':
    case 'plain':
      return hasLabel ? `-- "${label}" -->` : '-->';
  }
}

/** The statements that style arrows, given in the order in which they are drawn. */
export function styleArrows(states: readonly (LineState | undefined)[]): string[] {
  return lineStates.flatMap((state) => {
    const numbers = states.flatMap((one, index) => (one === state ? [index] : []));
    return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} ${lines[state]}`];
  });
}

/** The statements that style boxes: each class that occurs, and who has it. */
export function styleBoxes(
  boxes: readonly { readonly box: string; readonly style: string }[],
): string[] {
  return classNames.flatMap((name) => {
    const members = boxes.filter(({ style }) => style === name).map(({ box }) => box);
    return members.length === 0
      ? []
      : [`  classDef ${name} ${classes[name]}`, `  class ${members.join(',')} ${name}`];
  });
}
