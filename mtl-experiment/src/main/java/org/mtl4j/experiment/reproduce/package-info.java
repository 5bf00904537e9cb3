/**
 * Published findings, looked for again: a few models on the same data, several seeds, and what was
 * claimed of them, held against what came out.
 */
package org.mtl4j.experiment.reproduce;
