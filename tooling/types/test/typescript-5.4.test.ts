import { describeCompiler } from './support/compiler-suite.js';

describeCompiler('typescript-5.4');
