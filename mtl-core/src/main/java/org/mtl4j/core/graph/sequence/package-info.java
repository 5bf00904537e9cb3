/**
 * Layers that make one vector of a history: values [B, L, dim] and a mask [B, L], 1 for a value and
 * 0 for padding, which has no influence; a history without values gives what its formula gives for
 * none.
 */
package org.mtl4j.core.graph.sequence;
