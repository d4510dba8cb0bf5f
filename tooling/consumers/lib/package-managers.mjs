// @ts-check
/** The package managers of users, each of which installs from a registry that is given. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../scripts/lib/run.mjs';
import { readManifest, root } from '../../scripts/lib/workspace.mjs';
import { cached } from './cache.mjs';

/** Where each is found: npm comes with Node.js, the others from the npm registry. */
const sources = {
  npm: undefined,
  pnpm: { specifier: String(readManifest(root).packageManager), script: 'pnpm/bin/pnpm.cjs' },
  'yarn 1': { specifier: 'yarn@1.22.22', script: 'yarn/bin/yarn.js' },
  'yarn 4': {
    specifier: '@yarnpkg/cli-dist@4.18.1',
    script: '@yarnpkg/cli-dist/bin/yarn.js',
  },
};

/** @typedef {keyof typeof sources} ManagerName */

export const managerNames = /** @type {ManagerName[]} */ (Object.keys(sources));

/** Runs one package manager. */
export class PackageManager {
  /**
   * @param {ManagerName} name
   * @param {string[]} command what starts it
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(name, command, env) {
    this.name = name;
    this.command = command;
    this.env = env;
  }

  /**
   * Finds a package manager, and downloads it where it was not used before.
   *
   * @param {ManagerName} name
   * @param {string} registry its URL
   * @param {string} home a folder for its caches and settings
   * @returns {Promise<PackageManager>}
   */
  static async find(name, registry, home) {
    mkdirSync(home, { recursive: true });
    const source = sources[name];
    if (source === undefined) return new PackageManager(name, ['npm'], npmEnv(registry, home));
    const modules = await cached(source.specifier, source.specifier.replaceAll('/', '-'));
    const script = path.join(modules, source.script);
    if (!existsSync(script)) throw new Error(`${source.specifier} has no ${source.script}`);
    const env = name === 'yarn 4' ? yarnEnv(registry, home) : npmEnv(registry, home);
    return new PackageManager(name, [process.execPath, script], env);
  }

  /**
   * Runs it in a project.
   *
   * @param {string} directory
   * @param {string[]} args
   * @returns {Promise<string>} what it printed
   */
  run(directory, args) {
    const [program = '', ...first] = this.command;
    return run(program, [...first, ...args], { cwd: directory, env: this.env });
  }

  /**
   * Runs a program of the project, which may lie in archives that Yarn alone can read.
   *
   * @param {string} directory
   * @param {string} script
   * @returns {Promise<string>} what it printed
   */
  runScript(directory, script) {
    if (this.name === 'yarn 4') return this.run(directory, ['node', script]);
    return run(process.execPath, [script], { cwd: directory, env: { NODE_OPTIONS: '' } });
  }
}

/** @type {(registry: string, home: string) => NodeJS.ProcessEnv} */
function npmEnv(registry, home) {
  return {
    NODE_OPTIONS: '',
    // Nobody is there to answer a question; but a lockfile may be written.
    CI: 'true',
    npm_config_frozen_lockfile: 'false',
    npm_config_registry: registry,
    npm_config_userconfig: path.join(home, '.npmrc'),
    npm_config_cache: path.join(home, 'cache'),
    npm_config_store_dir: path.join(home, 'store'),
    YARN_CACHE_FOLDER: path.join(home, 'cache'),
  };
}

/** @type {(registry: string, home: string) => NodeJS.ProcessEnv} */
function yarnEnv(registry, home) {
  return {
    NODE_OPTIONS: '',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_TELEMETRY: 'false',
    YARN_GLOBAL_FOLDER: home,
    YARN_IGNORE_PATH: 'true',
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
  };
}
