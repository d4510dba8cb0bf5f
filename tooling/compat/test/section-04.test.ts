import { runSection } from '../src/run-section.js';
import { section04 } from '../src/section-04/index.js';

runSection(section04);
