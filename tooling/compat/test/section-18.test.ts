import { runSection } from '../src/run-section.js';
import { section18 } from '../src/section-18/index.js';

runSection(section18);
