import { ansibleText, isHostList, readAnsibleIni } from './ansible-ini.ts';
import { isAnsibleYaml, readAnsibleYaml } from './ansible-yaml.ts';
import { isCompose, readCompose } from './compose.ts';
import {
  isTaskDefinition,
  readAppEngine,
  readProcfile,
  readServerless,
  readSkaffold,
  readTaskDefinition,
} from './descriptors.ts';
import { readDockerfile } from './dockerfile.ts';
import {
  isMapping,
  type Mapping,
  readJsonTree,
  readYamlTrees,
  type Tree,
  toMapping,
} from './documents.ts';
import { flattenTree } from './flatten.ts';
import { fillTemplate } from './helm.ts';
import { isKubernetes, readKubernetes } from './kubernetes.ts';
import { readNginx } from './nginx.ts';
import { listProfileKeys, profileOfFile } from './profiles.ts';
import { readApache, readHaproxy } from './proxies.ts';
import { readDotenv, readIni, readProperties } from './read-key-lines.ts';
import { readHostNames, readOdbcNames, readSshNames, readTnsNames } from './read-names.ts';
import { readHocon, readToml } from './read-nested-lines.ts';
import { readXmlSettings } from './read-xml-settings.ts';
import { type Setting, type SettingsReading, toSettingsReading } from './setting.ts';
import { splitDocuments, splitProfiles } from './spring-profiles.ts';
import { isTerraformState, readTerraform, readTerraformState } from './terraform.ts';

/** What the files around a file say of it. */
interface Around {
  /** It lies in a folder where applications find their configuration by their names. */
  readonly isKept?: boolean;
}

type Read = (text: string, file: string, around: Around) => readonly SettingsReading[];

const longestText = 1024 * 1024;

/** What such files say is about tools, texts or people, never about what runs. */
const foreign =
  /(?:^|\/)(?:node_modules|vendor|bower_components|\.git|\.github|\.gitlab|\.circleci|\.vscode|\.idea|\.husky|\.mvn|\.gradle|locales?|i18n|translations)\/|(?:^|\/)(?:package|package-lock|composer|tsconfig[^/]*|jsconfig|bower|lerna|nx|angular|renovate|manifest|project|launchSettings|global|nuget|packages)\.(?:json|config)$|(?:^|\/)(?:pom|build|web|logback[^/]*|checkstyle[^/]*)\.xml$|(?:^|\/)(?:messages|validationmessages|gradle|gradle-wrapper|maven-wrapper|sonar-project|log4j2?)[^/]*\.properties$|_[a-z]{2}(?:_[A-Z]{2})?\.properties$|(?:^|\/)(?:openapi|swagger|mkdocs|\.gitlab-ci|\.travis|azure-pipelines|bitbucket-pipelines|cloudbuild|codecov|dependabot|\.pre-commit-config|\.?eslintrc|\.?prettierrc|tox|setup|pytest|mypy|\.?pylintrc|\.?flake8|alembic-logging|\.?editorconfig|pyproject|cargo|poetry|pipfile|rustfmt|clippy|gopkg|netlify)\.(?:ya?ml|json|cfg|ini|toml)$/i;

const folders =
  /(?:^|\/)(?:conf|config|configs|configuration|config-repo|settings|environments|group_vars|host_vars|etc|properties)\//i;

interface Format {
  readonly file: RegExp;
  /** What the text must hold as well. */
  readonly text?: Pick<RegExp, 'test'>;
  readonly read: Read;
}

function one(read: (text: string, file: string) => Partial<SettingsReading>): Read {
  return (text, file) => [toSettingsReading(read(text, file), profileOfFile(file))];
}

function keys(read: (text: string) => readonly Setting[]): Read {
  return one((text) => ({ settings: read(text) }));
}

/** The formats in order; the first whose file name and text fit reads the file. */
const formats: readonly Format[] = [
  {
    file: /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.(?!(?:md|txt|rst|j2|erb|dockerignore)$)[\w.-]+)?$|\.(?:dockerfile|containerfile)$/i,
    read: (text, file) => [readDockerfile(text, file)],
  },
  { file: /(?:^|\/)Procfile(?:\.\w+)?$/, read: one(readProcfile) },
  {
    file: /(?:^|\/)\.env(?:\.[\w.-]+)?$|(?:^|\/)[\w.-]*\.env(?:\.\w+)?$|(?:^|\/)(?:env|dotenv)\.(?:example|sample|template|dist)$|\.tfvars$/i,
    read: keys(readDotenv),
  },
  { file: /(?:^|\/)tnsnames[^/]*\.ora$/i, read: one((text) => ({ names: readTnsNames(text) })) },
  { file: /(?:^|\/)\.?odbc[^/]*\.ini$/i, read: one((text) => ({ names: readOdbcNames(text) })) },
  {
    file: /(?:^|\/)(?:\.?ssh\/config(?:\.d\/[^/]+)?|ssh_config|[\w.-]*ssh[_-]config)$/i,
    read: one((text) => ({ names: readSshNames(text) })),
  },
  {
    file: /(?:^|\/)etc\/hosts$|(?:^|\/)hosts\.txt$/i,
    read: one((text) => ({ names: readHostNames(text) })),
  },
  {
    file: /(?:^|\/)[^/.]+$|(?:^|\/)(?:hosts|inventory)[\w.-]*$|\.(?:ini|cfg|inventory)$/i,
    text: ansibleText,
    read: one(readAnsibleIni),
  },
  {
    file: /(?:^|\/)(?:hosts|inventory)(?:[._-][\w.-]*)?$|(?:^|\/)inventor(?:y|ies)\/(?:[^/]+\/)*[^/.]+(?:\.ini)?$/i,
    text: { test: isHostList },
    read: one(readAnsibleIni),
  },
  { file: /(?:^|\/)haproxy[^/]*$/i, text: /^\s*(?:backend|listen)\s/m, read: one(readHaproxy) },
  {
    file: /\.properties(?:\.(?:example|sample|template|dist|tmpl))?$/i,
    read: (text, file) => splitProfiles(splitDocuments(readProperties(text), text), file),
  },
  { file: /\.(?:xml|config)$/i, read: keys(readXmlSettings) },
  { file: /\.tf$/i, read: one(readTerraform) },
  { file: /\.tfstate$/i, read: readJson },
  { file: /\.json[c5]?$/i, read: readJson },
  { file: /\.(?:ya?ml)(?:\.(?:example|sample|template|dist|tmpl|tpl|j2))?$/i, read: readYaml },
  // Ansible takes such files for YAML, whatever they are called.
  { file: /(?:^|\/)(?:group|host)_vars\/(?:[^/]+\/)*[^/]+$/, read: readYaml },
  { file: /\.toml$/i, read: keys(readToml) },
  {
    file: /\.(?:conf|conf\.template|tmpl|template|cfg|vhost|nginx)$|(?:^|\/)(?:sites-(?:available|enabled)|conf\.d)\/[^/.]+$/i,
    text: /\b(?:proxy|fastcgi|grpc|uwsgi|scgi)_pass\s|\bupstream\s+\S+\s*\{/,
    read: one(readNginx),
  },
  {
    file: /\.(?:conf|vhost)$|(?:^|\/)\.htaccess$|(?:^|\/)sites-(?:available|enabled)\/[^/.]+$/i,
    text: /^\s*(?:ProxyPass|ProxyPassMatch|RewriteRule|BalancerMember|<VirtualHost)\b/im,
    read: one(readApache),
  },
  { file: /\.cfg$/i, text: /^(?:backend|listen)\s+\S+\s*$/m, read: one(readHaproxy) },
  { file: /\.conf$/i, text: /^\s*[\w.-]+\s*\{|^\s*include\s+"|\$\{\?/m, read: keys(readHocon) },
  { file: /\.(?:ini|cfg|conf|cnf)(?:\.(?:example|sample|template|dist))?$/i, read: keys(readIni) },
];

/** XML files that hold settings, by name or by what they say. */
const xmlSettings =
  /\.config$|(?:^|\/)(?:persistence|context|server|beans|ivysettings)\.xml$|(?:hibernate|spring|datasource|applicationcontext|standalone|domain|config|settings|properties)[^/]*\.xml$|-ds\.xml$/i;

/**
 * What a configuration or deployment file says, for each profile that it tells apart; undefined
 * for a file that is none. Nothing in it is run, included or looked up.
 */
export function readSettings(
  text: string,
  file: string,
  around: Around = {},
): readonly SettingsReading[] | undefined {
  if (text.length > longestText || foreign.test(file) || text.includes('\u0000')) return undefined;
  const format = formats.find(
    (candidate) => candidate.file.test(file) && (candidate.text?.test(text) ?? true),
  );
  if (!format) return undefined;
  if (/\.(?:xml|config)$/i.test(file) && !xmlSettings.test(file) && !/\bjdbc:\w/.test(text))
    return undefined;
  const readings = format.read(text, file, around);
  return readings.length === 0 ? undefined : readings;
}

function readNested(text: string, file: string): readonly SettingsReading[] {
  const isFlat = /\.(?:ya?ml|json)$/i.test(file);
  if (!isFlat) return readSettings(text, file) ?? [];
  const trees = /json$/i.test(file) ? [readJsonTree(text, file)] : readYamlTrees(text, file);
  return trees.flatMap((tree) =>
    tree ? [toSettingsReading({ settings: flattenTree(tree) })] : [],
  );
}

function readYaml(text: string, file: string, { isKept }: Around): readonly SettingsReading[] {
  const isTemplate =
    /(?:^|\/)templates\/|\.(?:tpl|j2|tmpl)$/.test(file) ||
    /\{\{-?\s*(?:\.Values|\.Release|include|if|range)\b/.test(text);
  const trees = readYamlTrees(isTemplate ? fillTemplate(text, file) : text, file).filter((tree) =>
    isMapping(tree.value),
  );
  const first = trees[0];
  if (!first) return [];
  const root = toMapping(first.value);
  const profile = profileOfFile(file);
  const alone = (parts: Partial<SettingsReading>): SettingsReading[] => [
    toSettingsReading(parts, profile),
  ];
  if (trees.some((tree) => isKubernetes(toMapping(tree.value)))) {
    const isSkaffold = /^skaffold\//.test(String(root['apiVersion']));
    return alone(isSkaffold ? readSkaffold(trees, file) : readKubernetes(trees, readNested));
  }
  if (/(?:^|\/)kustomization\.ya?ml$/i.test(file)) {
    const object = { apiVersion: 'v1', kind: 'Kustomization', ...root };
    return alone(readKubernetes([{ value: object, placeOf: first.placeOf }], readNested));
  }
  if (isAnsibleYaml(root)) return alone(readAnsibleYaml(first));
  if (isCompose(root, file)) return alone(readCompose(first, file));
  if (isTaskDefinition(root)) return alone(readTaskDefinition(first));
  if (Object.hasOwn(root, 'provider') && Object.hasOwn(root, 'functions'))
    return alone(readServerless(first, file));
  if (Object.hasOwn(root, 'runtime') && Object.hasOwn(root, 'env_variables'))
    return alone(readAppEngine(first, file));
  if (!isKept && !isYamlSettings(root, file)) return [];
  return (
    readProfileKeys(first, root, file) ??
    splitProfiles(
      trees.map((tree) => withPlainKeys(flattenTree(tree))),
      file,
    )
  );
}

/** Files that hold settings by their name, their folder or what stands at their root. */
function isYamlSettings(root: Mapping, file: string): boolean {
  const base = file.slice(file.lastIndexOf('/') + 1);
  if (
    /^(?:application|bootstrap|values|settings|config|database|mongoid|cable|redis|sidekiq|storage|parameters|services|credentials|secrets|traefik|envoy|kong|krakend|prometheus|gateway|ocelot|dynamic|connections?|datasources?|all|vars|env)(?:[-_.][\w.-]*)?\.ya?ml/i.test(
      base,
    )
  )
    return true;
  if (
    /[-_.](?:config|settings|values|application|env|vars|prometheus|kong|envoy)\.ya?ml/i.test(base)
  )
    return true;
  if (folders.test(file)) return true;
  return (
    [
      'spring',
      'eureka',
      'zuul',
      'quarkus',
      'micronaut',
      'datasource',
      'datasources',
      'scrape_configs',
      'static_resources',
      '_format_version',
      'server',
      'http',
      'database',
    ].some(
      (key) =>
        Object.hasOwn(root, key) &&
        (isMapping(root[key]) || key === 'scrape_configs' || key === '_format_version'),
    ) &&
    !['openapi', 'swagger', 'on', 'jobs', 'stages', 'paths'].some((key) => Object.hasOwn(root, key))
  );
}

function readJson(text: string, file: string): readonly SettingsReading[] {
  const base = file.slice(file.lastIndexOf('/') + 1);
  const isNamed =
    /^(?:appsettings|settings|config|configuration|ocelot|yarp|kong|krakend|traefik|envoy|host|local\.settings|connections?|database|datasources?|env|environment|secrets|servers|endpoints|services)(?:[-_.][\w.-]*)?\.json/i.test(
      base,
    ) ||
    /[-_.](?:config|settings|env|environment|properties)\.json/i.test(base) ||
    folders.test(file);
  const isTask = text.includes('"containerDefinitions"');
  const isState = text.includes('"terraform_version"');
  if (!isNamed && !isTask && !isState) return [];
  const tree = readJsonTree(text, file);
  if (!tree || !isMapping(tree.value)) return [];
  const root = toMapping(tree.value);
  const profile = profileOfFile(file);
  if (isTerraformState(root)) return [toSettingsReading(readTerraformState(tree), profile)];
  if (isTaskDefinition(root)) return [toSettingsReading(readTaskDefinition(tree), profile)];
  if (isKubernetes(root)) return [toSettingsReading(readKubernetes([tree], readNested), profile)];
  if (Object.hasOwn(root, '$schema') && Object.hasOwn(root, 'properties')) return [];
  const isDotnet =
    /^(?:appsettings|ocelot|yarp|local\.settings|host)/i.test(base) ||
    Object.hasOwn(root, 'ConnectionStrings');
  const settings = withPlainKeys(flattenTree(tree, { separator: isDotnet ? ':' : '.' }));
  return readProfileKeys(tree, root, file) ?? [toSettingsReading({ settings }, profile)];
}

/** `development: …`, `production: …` at the root: a reading for each. */
function readProfileKeys(tree: Tree, root: Mapping, file: string): SettingsReading[] | undefined {
  const profiles = listProfileKeys(root);
  if (profiles.length === 0) return undefined;
  const name =
    /(?:^|\/)(database|redis|mongoid|cable|rabbitmq|kafka|elasticsearch|mail|smtp|ldap)\.ya?ml/i.exec(
      file,
    )?.[1];
  return profiles.map((profile) => {
    // `host` alone says nothing; the file, or a dialect beside it, tells whose host it is.
    const isDatabase = Object.hasOwn(toMapping(root[profile]), 'dialect');
    const prefix = name ?? (isDatabase ? 'database' : '');
    return toSettingsReading({ settings: flattenTree(tree, { from: [profile], prefix }) }, profile);
  });
}

/** `env.ORDERS_URL` is a variable's name in a nest of its own: it counts alone too. */
function withPlainKeys(settings: readonly Setting[]): Setting[] {
  return settings.flatMap((setting) => {
    const name = /[.:]([A-Z][A-Z0-9]*_[A-Z0-9_]+)$/.exec(setting.key)?.[1];
    const item = /^(.*\[\d+\])\.value$/.exec(setting.key)?.[1];
    const named =
      item === undefined
        ? undefined
        : settings.length < 2_000
          ? settings.find(({ key }) => key === `${item}.name`)?.value
          : undefined;
    const plain = name ?? (named !== undefined && /^\w+$/.test(named) ? named : undefined);
    return plain === undefined ? [setting] : [setting, { ...setting, key: plain }];
  });
}
