import { beforeAll } from 'vitest';
import { installProject } from '../src/installed.js';
import { runSection } from '../src/run-section.js';
import { section20 } from '../src/section-20/index.js';

beforeAll(installProject, 120_000);

runSection(section20);
