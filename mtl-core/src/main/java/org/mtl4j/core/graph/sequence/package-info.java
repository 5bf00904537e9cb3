/**
 * Layers that make one vector of a history. Padding has no influence, and a history without values
 * becomes zeros.
 */
package org.mtl4j.core.graph.sequence;
