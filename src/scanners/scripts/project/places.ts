/** What kind of place a file stands in, by its path alone. */
export type Place = 'code' | 'test' | 'example' | 'tooling' | 'vendored';

const vendored =
  /(?:^|\/)(?:node_modules|bower_components|jspm_packages|vendor|third[_-]?party|site-packages|\.venv|venv|\.gradle|\.mvn|\.yarn|\.git|dist|target|obj|\.next|\.nuxt|\.terraform|__pycache__)\/|[.-]min\.(?:js|css)$|(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|composer\.lock|Gemfile\.lock|go\.sum)$/i;
const test =
  /(?:^|\/)[\w.-]{0,60}(?:end-to-end|e2e|integration|acceptance|contract|performance)[._-]?tests?\/|(?:^|\/)(?:tests?|__tests__|__mocks__|testing|spec|specs|e2e|cypress|playwright|fixtures?|testdata|mocks?|stubs?)\/|(?:^|\/)(?:[^/]*[._-](?:tests?|spec|e2e|stories|mock)\.[^/]+|test[_-][^/]+|conftest\.py|[^/]+(?:Tests?|TestCase|IT|Spec)\.(?:java|cs|kt|groovy|scala|php|rb))$|\.(?:Tests?|UnitTests|FunctionalTests|IntegrationTests)\//;
const example =
  /(?:^|\/)(?:examples?|samples?|demo-data|(?:old|api)[-_]docs?|docs?|documentation|tutorials?|deprecated)\//i;
const tooling =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.husky|\.vscode|\.idea|\.devcontainer|\.changeset)\/|(?:^|\/)(?:\.gitlab-ci\.yml|\.travis\.yml|azure-pipelines\.yml|Jenkinsfile|Makefile|gradlew|mvnw|[^/]*\.config\.[cm]?[jt]s|gulpfile\.js|Gruntfile\.js|webpack[^/]*\.js|\.eslintrc[^/]*|\.prettierrc[^/]*)$/i;

/** Tells code that runs in production from tests, examples, build tooling and other people's code. */
export function placeOf(given: string): Place {
  // Below the root of its packages a folder's name is a package's, as in `org/springframework/samples`.
  const path = given.replace(/(?<=(?:^|\/)src\/main\/[a-z]+\/).*\/(?=[^/]+$)/, '');
  if (vendored.test(path)) return 'vendored';
  if (test.test(path)) return 'test';
  if (tooling.test(path)) return 'tooling';
  return example.test(path) ? 'example' : 'code';
}
