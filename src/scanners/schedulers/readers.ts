import { autosysReader } from './autosys.ts';
import { controlMReader } from './control-m.ts';
import { controlMJsonReader } from './control-m-json.ts';
import { githubReader } from './github.ts';
import { gitlabReader } from './gitlab.ts';
import { jenkinsReader } from './jenkins.ts';
import { kubernetesReader } from './kubernetes.ts';
import type { SchedulerReader } from './scheduled-job.ts';
import { windowsListReader } from './windows-list.ts';
import { windowsReader } from './windows-tasks.ts';

/** The readers of files that schedulers export or are given, in the order in which they are asked. */
export const schedulerReaders: readonly SchedulerReader[] = [
  windowsReader,
  windowsListReader,
  controlMReader,
  controlMJsonReader,
  jenkinsReader,
  githubReader,
  gitlabReader,
  kubernetesReader,
  autosysReader,
];
