/** How far figures may be off: intervals, differences of two systems on the same rows, tests. */
package org.mtl4j.eval.interval;
