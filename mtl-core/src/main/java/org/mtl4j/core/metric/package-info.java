/** The contract of a figure of quality, and reports of figures; the formulas live in mtl-eval. */
package org.mtl4j.core.metric;
