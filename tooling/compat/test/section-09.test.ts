import { runSection } from '../src/run-section.js';
import { section09 } from '../src/section-09/index.js';

runSection(section09);
