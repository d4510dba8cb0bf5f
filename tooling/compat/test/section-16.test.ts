import { runSection } from '../src/run-section.js';
import { section16 } from '../src/section-16/index.js';

runSection(section16);
