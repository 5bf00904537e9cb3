/** Combines the tasks' losses or gradients into one step. */
package org.mtl4j.core.balancing;
