import { runSection } from '../src/run-section.js';
import { section12 } from '../src/section-12/index.js';

runSection(section12);
