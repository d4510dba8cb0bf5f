import { runSection } from '../src/run-section.js';
import { section03 } from '../src/section-03/index.js';

runSection(section03);
