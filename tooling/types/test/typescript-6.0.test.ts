import { describeCompiler } from './support/compiler-suite.js';

describeCompiler('typescript-6.0');
