import { runSection } from '../src/run-section.js';
import { section13 } from '../src/section-13/index.js';

runSection(section13);
