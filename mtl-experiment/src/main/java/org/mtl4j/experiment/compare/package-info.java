/** Runs beside each other, on the same test rows: which is better, and how sure that is. */
package org.mtl4j.experiment.compare;
