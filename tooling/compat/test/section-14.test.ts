import { runSection } from '../src/run-section.js';
import { section14 } from '../src/section-14/index.js';

runSection(section14);
