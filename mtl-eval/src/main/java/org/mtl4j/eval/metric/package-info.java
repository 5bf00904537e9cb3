/**
 * Formulas of quality on arrays. All are exact: no bins, no samples. Tied scores are treated
 * without favour, so that the order of rows in a file changes no figure.
 */
package org.mtl4j.eval.metric;
