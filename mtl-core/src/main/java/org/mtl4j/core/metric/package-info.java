/** The contract of a figure of quality; the formulas live in mtl-eval. */
package org.mtl4j.core.metric;
