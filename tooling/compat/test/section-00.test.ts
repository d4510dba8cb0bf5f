import { runSection } from '../src/run-section.js';
import { section00 } from '../src/section-00/index.js';

runSection(section00);
