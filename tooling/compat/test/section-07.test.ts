import { runSection } from '../src/run-section.js';
import { section07 } from '../src/section-07/index.js';

runSection(section07);
