import { getEventListeners } from 'node:events';
import { Command, CommanderError } from 'commander';
import { LandscapeError } from '../errors.ts';
import { addChecks } from './check-commands.ts';
import { anonymiseOption, withAuditOptions, withCommonOptions } from './common-options.ts';
import { addComparisons } from './comparison-commands.ts';
import { addCompletion } from './completion-commands.ts';
import { addDiagrams } from './diagram-commands.ts';
import { addDocs } from './docs-commands.ts';
import { addExport } from './export-commands.ts';
import { groupCommands } from './group-commands.ts';
import type { ImpactOptions } from './impact.ts';
import { interruption } from './interruption.ts';
import type { CommonOptions } from './landscape-options.ts';
import { addPlanning } from './plan-commands.ts';
import type { RegisterOptions } from './register.ts';
import type { ScanCommandOptions } from './scan.ts';
import { addSql } from './sql-commands.ts';
import { readToolVersion } from './tool-version.ts';
import type { UnresolvedOptions } from './unresolved.ts';
import type { FileOptions } from './write-output.ts';

/** The exit codes that a pipeline can rely on. */
export const exitCodes = { clean: 0, findings: 1, input: 2, crash: 3 } as const;

/** What a shell reports of a program that a signal stopped: 128 and the number of the signal. */
const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;

type Signal = keyof typeof signalCodes;

/** How long an engine is given to end a query that is not wanted any more. */
const graceMilliseconds = 3000;

/** Runs the command line and returns the exit code. Commands are loaded when they are called. */
export async function run(argv: readonly string[]): Promise<number> {
  let code: number = exitCodes.clean;
  process.stdout.off('error', allowClosedPipe).on('error', allowClosedPipe);
  const release = stopOnSignals();
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv as string[]);
    return code;
  } catch (error) {
    if (interruption.signal.aborted) return signalCodes[interruption.signal.reason as Signal];
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.clean : exitCodes.input;
    if (error instanceof LandscapeError) {
      process.stderr.write(`${error.message}\n`);
      return exitCodes.input;
    }
    process.stderr.write(
      `landscape failed on a defect of its own. Please report it with this trace.\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return exitCodes.crash;
  } finally {
    release();
  }
}

/** A reader such as `head` that has seen enough is no failure. */
function allowClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Ctrl-C ends the tool with a line on standard error. Reports are written in one go, so none is cut. */
function stopOnSignals(): () => void {
  const stop = (signal: Signal): void => {
    const clearLine = process.stderr.isTTY ? '\r\u001b[K' : '';
    process.stderr.write(
      `${clearLine}landscape was stopped (${signal}); no report is half-written.\n`,
    );
    const end = (): never => process.exit(signalCodes[signal]);
    // An engine is told to end its query; nothing else has anything to end. Nobody waits twice.
    const { aborted } = interruption.signal;
    if (aborted || getEventListeners(interruption.signal, 'abort').length === 0) end();
    setTimeout(end, graceMilliseconds).unref();
    interruption.abort(signal);
  };
  const signals = Object.keys(signalCodes) as Signal[];
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** Every command with its options. @param finish told the exit code */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command('landscape')
    .description(
      "Audits how an organisation's systems are wired together: every link with its proof.",
    )
    .version(readToolVersion())
    .exitOverride()
    .showHelpAfterError('Run with --help to see how this command is used.')
    .addHelpText(
      'after',
      `
Examples:
  landscape init                       propose a landscape.yaml for this folder
  landscape scan                       read landscape.yaml here, write every report
  landscape scan inventories/nordfisk  the same for another folder
  landscape check --quiet              in CI: exit 1 if a link is not registered
  landscape impact erp --outage        who is hit if a system is out
  landscape plan                       which link moves where, when, and the proof

Exit codes: 0 clean, 1 findings at error, 2 usage, configuration or input, 3 crash,
130 stopped with Ctrl-C.`,
    );

  withCommonOptions(program.command('scan'))
    .summary('scan, analyse, write every report')
    .description(
      'Reads every source of a landscape, analyses what it finds, writes all reports and prints a summary.',
    )
    .option('-o, --output <folder>', 'where the reports go', 'landscape-report')
    .option(...anonymiseOption)
    .addHelpText(
      'after',
      `
Examples:
  landscape scan
  landscape scan inventories/nordfisk -o /tmp/nordfisk
  landscape scan --json | jq .analysis.coupling
  landscape scan --anonymise -o /tmp/for-others

Writes report.html, landscape.md, landscape.mmd, migration-plan.md and audit.json.`,
    )
    .action(async (folder: string, options: ScanCommandOptions) => {
      const { scan } = await import('./scan.ts');
      await scan(folder, options);
    });

  addChecks(program, (isClean) => finish(isClean ? exitCodes.clean : exitCodes.findings));

  withCommonOptions(
    program
      .command('impact')
      .argument('<subject>', 'a system or link by any of its names; a job for --failed-run'),
  )
    .summary('who is hit by an outage, a change, late data, a retirement')
    .description(
      'Tells which systems are hit if a system or link is out, its interface changes, its data is late or it goes for good: what happens to each, how sure that is, and by which way. Without a question, all four in short.',
    )
    .option('--outage', 'who cannot work, works with old data, or must keep what it sends')
    .option('--api-change', 'who must change with its interface')
    .option('--late', 'who gets its data late')
    .option('--retire', 'who loses data, what must be rebuilt, moved or dropped')
    .option(
      '--failed-run <time>',
      "what one failed run of a job does: its start by the job's clock, 2026-10-30T22:30",
    )
    .option('--object <name>', 'only what carries this object, or may')
    .option('--depth <links>', 'no further than so many links')
    .option('--format <format>', 'text, or mermaid: a flowchart of what is hit', 'text')
    .addHelpText(
      'after',
      `
Examples:
  landscape impact erp                       all four in short
  landscape impact erp --outage              each system with its way
  landscape impact warehouse --api-change --object stock
  landscape impact "warehouse erp" --late    a link; also by key or registry id
  landscape impact erp --retire --json | jq '.impacts[0].retirement'
  landscape impact erp --outage --format mermaid > outage.mmd
  landscape impact stock_export --failed-run 2026-10-30T22:30

A part of a name is enough where it fits one thing alone.`,
    )
    .action(async (subject: string, folder: string, options: ImpactOptions) => {
      const { runImpact } = await import('./impact.ts');
      await runImpact(subject, folder, options);
    });

  withCommonOptions(
    program
      .command('explain')
      .argument('<what>', 'a system, link, finding, reference, script or place'),
  )
    .summary('why the audit says so, for one thing')
    .description(
      'Tells what a system, link, finding or unresolved reference is, with all evidence and how every name was resolved.',
    )
    .addHelpText(
      'after',
      `
Examples:
  landscape explain erp                      a system, by id, name, alias or host
  landscape explain "erp warehouse"          a link; also by key or registry id
  landscape explain INT-002 inventories/nordfisk
  landscape explain "no-owner quality"       a finding; also by its fingerprint
  landscape explain prices.example.org       a reference that no system has
  landscape explain integrations.csv:3       what a line is proof of

A part of a name is enough where it fits one thing alone.`,
    )
    .action(async (anything: string, folder: string, options: CommonOptions) => {
      const { runExplain } = await import('./explain.ts');
      await runExplain(anything, folder, options);
    });

  addPlanning(program, finish);
  addDocs(program, (isFresh) => finish(isFresh ? exitCodes.clean : exitCodes.findings));
  addComparisons(program);
  addDiagrams(program);
  addExport(program);

  withCommonOptions(program.command('collect'))
    .summary('write the evidence of one repository or host, for a scan elsewhere')
    .description(
      'Reads every source of a landscape and writes what it finds as redacted evidence, one piece a line. A landscape elsewhere reads it with "- evidence: <file>".',
    )
    .option(
      '-o, --output <file>',
      'the file to write, packed if it ends in .gz; - is stdout',
      'landscape-evidence.jsonl',
    )
    .option('--name <name>', 'what it is known by elsewhere; default: the repository')
    .addHelpText(
      'after',
      `
Examples:
  landscape collect
  landscape collect ops -o ../registry/collected/ops.jsonl.gz
  ssh etl01 "landscape collect /opt/etl --name etl01 -o -" > collected/etl01.jsonl

The names of people are replaced unless landscape.yaml says "showPeople: true".`,
    )
    .action(async (folder: string, options: FileOptions) => {
      const { runCollect } = await import('./collect.ts');
      await runCollect(folder, options);
    });

  withCommonOptions(program.command('bundle'))
    .summary('write the registry as one file for other repositories')
    .description(
      'Writes systems, links, aliases and rules of a registry as one JSON file. Other repositories read it with "registry: <file>", and are checked against it.',
    )
    .option('-o, --output <file>', 'the file to write; - is standard output', 'bundle.json')
    .option('--name <name>', 'what it is known by elsewhere; default: the repository')
    .addHelpText(
      'after',
      `
Examples:
  landscape bundle
  landscape bundle registry -o registry/bundle.json
  landscape bundle --name registry -o - | jq .links

Every row must be understood: a bad one is exit 2 with its place.`,
    )
    .action(async (folder: string, options: FileOptions) => {
      const { runBundle } = await import('./bundle.ts');
      await runBundle(folder, options);
    });

  addSetupCommands(program);
  addCompletion(program);
  addSql(program);
  groupCommands(program);
  return program;
}

/** The commands that help people write their files. */
function addSetupCommands(program: Command): void {
  program
    .command('init')
    .argument('[folder]', 'the folder to look at', '.')
    .summary('look at a folder, propose a landscape.yaml')
    .description(
      'Looks at a folder, tells by names and contents what is an inventory, a schedule, code or an access log, and writes a landscape.yaml with comments. Only reads, and never overwrites.',
    )
    .option('--print', 'print the proposal, write nothing')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print nothing but errors')
    .option('--no-color', 'print without colours')
    .option('--no-progress', 'show no progress')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  landscape init                then: landscape scan
  landscape init ops            for another folder
  landscape init --print        see what it would write`,
    )
    .action(async (folder: string, options: Omit<CommonOptions, 'cache'> & { print?: boolean }) => {
      const { init } = await import('./init.ts');
      await init(folder, options);
    });

  withCommonOptions(program.command('unresolved'))
    .summary('what has no system yet, and aliases for it')
    .description(
      'Lists the references that no system stands for, by the places that name them and by their traffic, with suggestions.',
    )
    .option('--write-aliases <alias...>', 'add to landscape.yaml what is written reference=system')
    .option('--accept-suggestions', 'add every alias that is suggested')
    .addHelpText(
      'after',
      `
Examples:
  landscape unresolved
  landscape unresolved ops --json | jq '.unresolved[].reference'
  landscape unresolved ops --write-aliases erp-vip=erp "*.tms.example=transport"
  landscape unresolved --accept-suggestions

A suggestion goes by names alone: read the list before you accept all of it.`,
    )
    .action(async (folder: string, options: UnresolvedOptions) => {
      const { runUnresolved } = await import('./unresolved.ts');
      await runUnresolved(folder, options);
    });

  withAuditOptions(
    program
      .command('register')
      .argument('[links...]', 'keys of links, and a folder with a landscape.yaml; default: here'),
  )
    .summary('turn unregistered links into rows of the registry')
    .description(
      'Appends a row for each link to the inventory that holds the other links, with its columns, order, quotes and line ends. Owner and reason are for you to fill in.',
    )
    .option('--all', 'every link that is not registered')
    .option('--to <file>', 'the CSV, YAML or JSON file to append to')
    .option('--print', 'print the rows, write nothing')
    .addHelpText(
      'after',
      `
Examples:
  landscape register "warehouse=>finance#file"
  landscape register ops --all --print
  landscape register ops --all --to ops/integrations.csv

A registered link is an approved one: read the rows before you commit them.`,
    )
    .action(async (links: string[], options: RegisterOptions) => {
      const { register } = await import('./register.ts');
      await register(links, options);
    });
}
