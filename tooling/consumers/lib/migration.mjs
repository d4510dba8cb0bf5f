// @ts-check
/**
 * The steps of `docs/migrating-from-ws.md`, as they stand there, in a project.
 *
 * A comment before a code block says whose step it is, and what it is called:
 * `step: npm alias`. Shell commands are run; JSON is added to `package.json`,
 * YAML becomes `pnpm-workspace.yaml`.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/lib/workspace.mjs';

/** @typedef {import('./package-managers.mjs').PackageManager} PackageManager */
/** @typedef {{ language: string, code: string }} Step */
/** @typedef {{ own?: string, nested: string, isShared: boolean }} WhichWs */

const stepBlock = /^<!-- step: (\w+ [\w-]+) -->\n\n```(\w+)\n(.*?)^```$/gms;
const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));

/**
 * The steps of the document by whose they are and what they are called.
 *
 * @returns {Map<string, Step>}
 */
export function documentedSteps() {
  const text = readFileSync(path.join(root, 'docs/migrating-from-ws.md'), 'utf8');
  return new Map(
    [...text.matchAll(stepBlock)].map(([, title = '', language = '', code = '']) => [
      title,
      { language, code },
    ]),
  );
}

/** A project that depends on `uses-ws`, which depends on `ws`. */
export class Project {
  /**
   * @param {string} directory is made
   * @param {PackageManager} manager
   */
  constructor(directory, manager) {
    this.directory = directory;
    this.manager = manager;
    this.steps = documentedSteps();
    mkdirSync(directory, { recursive: true });
    cpSync(path.join(fixtures, 'which-ws.cjs'), path.join(directory, 'which-ws.cjs'));
    this.writeManifest({ name: 'project', private: true, dependencies: { 'uses-ws': '1.0.0' } });
    // Where there is none, Yarn 4 looks for a project in the folders above.
    if (manager.name === 'yarn 4') writeFileSync(this.file('yarn.lock'), '');
  }

  /** Installs what the manifest says. */
  async install() {
    await this.manager.run(this.directory, ['install']);
  }

  /**
   * Does a step of the document.
   *
   * @param {string} name
   * @throws {Error} when the document has none of that name
   */
  async do(name) {
    const title = `${this.manager.name.replace(/ .*/, '')} ${name}`;
    const step = this.steps.get(title);
    if (step === undefined) throw new Error(`The document has no step "${title}"`);
    if (step.language === 'json') {
      this.writeManifest({ ...this.readManifest(), ...JSON.parse(step.code) });
    } else if (step.language === 'yaml') {
      writeFileSync(this.file('pnpm-workspace.yaml'), step.code);
    } else {
      for (const line of step.code.trim().split('\n')) await this.runLine(line);
    }
  }

  /** Takes out what the steps have added for the whole tree. */
  removeOverrides() {
    const added = { overrides: undefined, resolutions: undefined, pnpm: undefined };
    this.writeManifest({ ...this.readManifest(), ...added });
    rmSync(this.file('pnpm-workspace.yaml'), { force: true });
  }

  /**
   * Who answers to the name `ws`.
   *
   * @returns {Promise<WhichWs>}
   */
  async whichWs() {
    return JSON.parse(await this.manager.runScript(this.directory, 'which-ws.cjs'));
  }

  /** @param {string} line of a shell */
  async runLine(line) {
    const [command = '', ...args] = line.split(' ');
    if (command === 'rm') {
      for (const name of args.slice(1)) rmSync(this.file(name), { recursive: true, force: true });
    } else if (this.manager.name.startsWith(command)) {
      await this.manager.run(this.directory, args);
    } else {
      throw new Error(`Not a command of ${this.manager.name}: ${line}`);
    }
  }

  /** @returns {Record<string, unknown>} */
  readManifest() {
    return JSON.parse(readFileSync(this.file('package.json'), 'utf8'));
  }

  /** @param {object} manifest */
  writeManifest(manifest) {
    writeFileSync(this.file('package.json'), JSON.stringify(manifest, null, 2));
  }

  /** @param {string} name */
  file(name) {
    return path.join(this.directory, name);
  }
}
