import { runSection } from '../src/run-section.js';
import { section11 } from '../src/section-11/index.js';

runSection(section11);
