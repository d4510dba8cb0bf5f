import { runSection } from '../src/run-section.js';
import { section10 } from '../src/section-10/index.js';

runSection(section10);
