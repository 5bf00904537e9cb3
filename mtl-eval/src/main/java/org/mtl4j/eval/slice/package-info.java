/** Figures of parts of the rows, worst first: of values of a column, of times, of what is new. */
package org.mtl4j.eval.slice;
