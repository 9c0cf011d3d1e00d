import { renderAzure } from './azure.ts';
import type { Checked } from './checked.ts';
import { renderGithub } from './github.ts';
import { renderGitlab } from './gitlab.ts';
import { renderCheckJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderCheckMarkdown } from './markdown.ts';
import { renderSarif, tellOmitted } from './sarif.ts';
import { renderTeamcity } from './teamcity.ts';
import { renderText } from './text.ts';

/** A form that the result of a check is written in. */
export interface CheckFormat {
  readonly render: (checked: Checked) => string | Promise<string>;
  /** What its reader would not take, in a sentence for the person at the terminal. */
  readonly tellOmitted?: (checked: Checked) => string | undefined;
}

/** Format → how it is written. The names are what `--format` takes. */
export const checkFormats: Readonly<Record<string, CheckFormat>> = {
  text: { render: renderText },
  json: { render: renderCheckJson },
  sarif: { render: renderSarif, tellOmitted },
  junit: { render: renderJunit },
  github: { render: renderGithub },
  gitlab: { render: renderGitlab },
  azure: { render: renderAzure },
  teamcity: { render: renderTeamcity },
  markdown: { render: renderCheckMarkdown },
};
