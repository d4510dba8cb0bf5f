import { runSection } from '../src/run-section.js';
import { section08 } from '../src/section-08/index.js';

runSection(section08);
