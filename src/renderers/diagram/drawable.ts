import type { Audit, Judged } from '../../audit.ts';

/** What pictures are drawn from. Those of systems and links do without the analysis. */
export type Drawable = Judged & Partial<Pick<Audit, 'analysis'>>;

/** The same with its analysis, for what is drawn from that. @throws Error where nobody made one */
export function withAnalysis(drawable: Drawable): Audit {
  const { analysis } = drawable;
  if (!analysis) throw new Error('this picture needs the analysis of the landscape');
  return { ...drawable, analysis };
}
