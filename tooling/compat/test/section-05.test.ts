import { runSection } from '../src/run-section.js';
import { section05 } from '../src/section-05/index.js';

runSection(section05);
