/** Soft parameter sharing by an L2 constraint: Duong and others 2015. */
package org.mtl4j.models.l2constrained;
