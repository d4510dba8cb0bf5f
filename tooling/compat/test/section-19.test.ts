import { beforeAll } from 'vitest';
import { runSection } from '../src/run-section.js';
import { installWithHelpers } from '../src/section-19/helpers.js';
import { section19 } from '../src/section-19/index.js';

beforeAll(installWithHelpers, 120_000);

runSection(section19);
