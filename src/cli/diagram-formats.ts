/** What `landscape diagram` writes. */
export const diagramFormats = ['mermaid', 'dot', 'svg', 'png', 'pdf'] as const;
export type DiagramFormat = (typeof diagramFormats)[number];
