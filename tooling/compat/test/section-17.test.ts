import { runSection } from '../src/run-section.js';
import { section17 } from '../src/section-17/index.js';

runSection(section17);
