import { runSection } from '../src/run-section.js';
import { section06 } from '../src/section-06/index.js';

runSection(section06);
