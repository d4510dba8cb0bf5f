import { runSection } from '../src/run-section.js';
import { section15 } from '../src/section-15/index.js';

runSection(section15);
